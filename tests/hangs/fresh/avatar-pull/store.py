from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StoreHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        picture = self.path.encode() * 100
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), StoreHandler)
print(server.server_address[1], flush=True)
server.serve_forever()
