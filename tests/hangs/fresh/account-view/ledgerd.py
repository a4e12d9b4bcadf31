import socketserver

BOOK = {"4711": [("SYM01", 40), ("SYM05", -10), ("SYM11", 0), ("SYM17", 25)]}


class Ledger(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            verb, account = line.decode().split()
            if verb != "POSITIONS":
                continue
            rows = BOOK.get(account, [])
            self.wfile.write(f"ROWS {len(rows)}\n".encode())
            for symbol, amount in rows:
                if amount:
                    self.wfile.write(f"{symbol} {amount}\n".encode())


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ledger) as server:
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()
