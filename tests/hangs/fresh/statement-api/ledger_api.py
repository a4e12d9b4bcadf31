import fcntl
import os
import subprocess
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer

BOOKS = tempfile.mkdtemp(prefix="books-")
LEDGER = os.path.join(BOOKS, "ledger.csv")


def append_entry(account, cents):
    with open(LEDGER, "a") as ledger:
        fcntl.lockf(ledger, fcntl.LOCK_EX)
        ledger.write(f"{account},{cents}\n")


def entries(account):
    with open(LEDGER) as ledger:
        return [line for line in ledger if line.startswith(account + ",")]


class LedgerApi(BaseHTTPRequestHandler):
    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply("".join(entries(self.path.split("/")[-1])).encode())

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        append_entry(self.path.split("/")[-1], int(self.rfile.read(size)))
        self.reply(b"ok\n")

    def log_message(self, format, *args):
        pass


append_entry("rent", 91000)
archive = subprocess.Popen(["perl", "archive.pl", LEDGER], stdout=subprocess.PIPE, text=True)
archive.stdout.readline()
with HTTPServer(("127.0.0.1", 0), LedgerApi) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
