import socket
import subprocess
import sys

server = subprocess.Popen([sys.executable, sys.argv[1]], stdout=subprocess.PIPE, text=True)
port = int(server.stdout.readline())
for question in [b"health", b"rates"]:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(question)
        print(connection.recv(100).decode())
server.kill()
