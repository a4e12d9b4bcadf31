"""Answers how many pieces of a thing are in stock; prints the port that it listens on."""
import socket

STOCK = {"tea": 3, "cups": 12}

server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    client, _ = server.accept()
    with client:
        thing = client.recv(100).decode()
        client.sendall(str(STOCK.get(thing, 0)).encode())
