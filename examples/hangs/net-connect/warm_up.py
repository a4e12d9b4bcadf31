import socket

server = socket.create_server(("127.0.0.1", 0), backlog=0)
connections = []
for number in range(3):
    connections.append(socket.create_connection(server.getsockname()))
print(len(connections), "connections")
