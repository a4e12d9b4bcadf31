import socket

server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    client, _ = server.accept()
    if client.recv(100) == b"health":
        client.sendall(b"ok")
    else:
        client.sendall(b"error: unknown question")
    client.close()
