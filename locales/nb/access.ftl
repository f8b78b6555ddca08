message-hidden = Innholdet vises bare for dem som kan lese hendelsen
reminder-veiled = (innholdet vises bare for dem som kan lese hendelsen)
