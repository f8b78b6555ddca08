"""A real mail server on free loopback ports that keeps what it gets and misbehaves when it is told to.

Arguments: the folder to keep mails in, and perhaps a certificate and its key. The first line on standard output names
the ports. Every line on standard input is JSON and replaces the whole behaviour; the answer is the line "ok". When
standard input ends, because whoever started this is gone, so does the server.

  greet     what new connections are told instead of 220, before they are closed
  again     so many receivers are answered 451 first
  receivers answers by address, instead of 250
  sender    the answer to MAIL
  content   the answer to the content
  data      "hang": the content is never answered; "cut": the line is cut while the content comes
  delay     the content is taken at once and answered so many seconds later
  login     [user, password] that new connections must give
  inject    lines smuggled in behind the consent to STARTTLS
"""

import asyncio
import base64
import json
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = sys.argv[1]
CERTIFICATE = sys.argv[2:4]
behaviour = {}
connections = 0


class Kept(SMTP):
    """One connection."""

    def __init__(self, *args, **kwargs):
        global connections
        connections += 1
        self.number = connections
        super().__init__(*args, **kwargs)

    async def push(self, status):
        if status == "220 Ready to start TLS":
            status = "\r\n".join([status, *behaviour.get("inject", [])])
        elif isinstance(status, str) and status.startswith("220 ") and "greet" in behaviour:
            await super().push(behaviour["greet"])
            self.transport.close()
            return
        await super().push(status)

    async def smtp_DATA(self, arg):
        if behaviour.get("data") == "cut":
            await self.push("354 Go on")
            await self._reader.read(100)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Box:
    """What is done with senders, receivers and mails."""

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "sender" in behaviour:
            return behaviour["sender"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if behaviour.get("again", 0) > 0:
            behaviour["again"] -= 1
            return "451 4.7.1 Greylisted, come again"
        if address in behaviour.get("receivers", {}):
            return behaviour["receivers"][address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if behaviour.get("data") == "hang":
            await asyncio.sleep(3600)
        if "content" in behaviour:
            return behaviour["content"]
        mail = {
            "connection": server.number,
            "hello": session.host_name,
            "encrypted": session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            "login": session.auth_data.login.decode() if session.auth_data else None,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": base64.b64encode(envelope.original_content).decode(),
        }
        with open(os.path.join(FOLDER, "mails.jsonl"), "a", encoding="utf-8") as kept:
            kept.write(json.dumps(mail) + "\n")
        await asyncio.sleep(behaviour.get("delay", 0))
        return "250 2.0.0 Kept"


def knows(server, session, envelope, mechanism, data):
    login = [data.login.decode(), data.password.decode()]
    return AuthResult(success=login == behaviour.get("login"), handled=False, auth_data=data)


def factory(loop, starttls=None):
    def make():
        return Kept(
            Box(),
            hostname="mail.smbmobil.example",
            ident="kept",
            tls_context=starttls,
            auth_required="login" in behaviour,
            auth_require_tls=starttls is not None,
            authenticator=knows,
            loop=loop,
        )

    return make


def listen_to_orders(loop):
    for line in sys.stdin:
        done = threading.Event()

        def obey(order=json.loads(line)):
            behaviour.clear()
            behaviour.update(order)
            done.set()

        loop.call_soon_threadsafe(obey)
        done.wait()
        print("ok", flush=True)
    os._exit(0)


async def main():
    loop = asyncio.get_running_loop()
    ports = {}

    async def serve(name, make, **kwargs):
        server = await loop.create_server(make, "127.0.0.1", 0, **kwargs)
        ports[name] = server.sockets[0].getsockname()[1]

    await serve("plain", factory(loop))
    if CERTIFICATE:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*CERTIFICATE)
        await serve("starttls", factory(loop, starttls=tls))
        await serve("wrapped", factory(loop), ssl=tls)
    print(json.dumps(ports), flush=True)
    threading.Thread(target=listen_to_orders, args=(loop,), daemon=True).start()
    await asyncio.Event().wait()


asyncio.run(main())
