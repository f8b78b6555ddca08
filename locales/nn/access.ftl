message-hidden = Innhaldet blir berre vist for dei som kan lese hendinga
reminder-veiled = (innhaldet blir berre vist for dei som kan lese hendinga)
