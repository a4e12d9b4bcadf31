import http.client
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

BADGES = [{"id": n, "name": f"visitor {n}", "floor": n % 4} for n in range(40)]


class BadgeHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = json.dumps(BADGES).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def start_server():
    server = HTTPServer(("127.0.0.1", 0), BadgeHandler)
    threading.Thread(target=server.serve_forever, name="badge-api", daemon=True).start()
    return server


def load_badges(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/badges")
    response = connection.getresponse()
    return json.loads(response.read())


def main():
    server = start_server()
    port = server.server_address[1]
    if os.environ.get("HANG_FACTS"):
        with open(os.environ["HANG_FACTS"], "a") as facts:
            facts.write(f"port={port}\n")
    print("READY", flush=True)
    badges = load_badges(port)
    print(f"{len(badges)} badges")
    server.shutdown()


if __name__ == "__main__":
    main()
