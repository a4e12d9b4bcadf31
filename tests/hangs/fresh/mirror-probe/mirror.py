from http.server import BaseHTTPRequestHandler, HTTPServer

BLOCK = bytes(range(256)) * 256
BLOCKS = 2048


class MirrorHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-tar")
        self.send_header("Content-Length", str(len(BLOCK) * BLOCKS))
        self.end_headers()
        self.send_archive()

    def send_archive(self):
        for _ in range(BLOCKS):
            self.wfile.write(BLOCK)

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), MirrorHandler)
print(server.server_address[1], flush=True)
server.serve_forever()
