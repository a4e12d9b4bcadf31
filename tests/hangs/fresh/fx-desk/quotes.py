import os
import socketserver
import sys

QUOTES = {"EURUSD": "1.0841", "EURGBP": "0.8512", "EURCHF": "0.9377"}


class QuoteHandler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            pair = line.decode().split()[-1]
            self.wfile.write(f"{pair} {QUOTES.get(pair, '-')}\n".encode())


def main(port_file):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), QuoteHandler) as server:
        with open(port_file + ".new", "w") as f:
            f.write(str(server.server_address[1]))
        os.rename(port_file + ".new", port_file)
        server.serve_forever()


main(sys.argv[1])
