import selectors
import socket
import sys

with open(sys.argv[1]) as config:
    settings = dict(line.strip().split("=") for line in config)

server = socket.create_server((settings["listen"], 0))
server.setblocking(False)
selector = selectors.DefaultSelector()
selector.register(server, selectors.EVENT_READ)
while True:
    for key, _ in selector.select():
        if key.fileobj is server:
            client, _ = server.accept()
            selector.register(client, selectors.EVENT_READ)
        else:
            if not key.fileobj.recv(1024):
                selector.unregister(key.fileobj)
                key.fileobj.close()
                continue
            key.fileobj.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
