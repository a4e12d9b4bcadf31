import multiprocessing
import os
import select
import socket
import socketserver
import struct
import threading


class Station(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(struct.pack("!I", 20))


def note(key, value):
    if "HANG_FACTS" in os.environ:
        with open(os.environ["HANG_FACTS"], "a") as facts:
            facts.write(f"{key}={value}\n")


def busy_station():
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    callers = []
    while True:
        caller = socket.socket()
        caller.setblocking(False)
        caller.connect_ex(listener.getsockname())
        if not select.select([], [caller], [], 0.5)[1]:
            caller.close()
            return listener, callers
        callers.append(caller)


def read_station(address):
    with socket.socket() as conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 60)
        conn.connect(address)
        return struct.unpack("!I", conn.recv(4))[0]


def main():
    server = socketserver.TCPServer(("127.0.0.1", 0), Station)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    listener, callers = busy_station()
    note("port", listener.getsockname()[1])
    sites = [server.server_address] * 30
    sites[11] = listener.getsockname()
    with multiprocessing.Pool(8) as pool:
        print("READY", flush=True)
        readings = pool.map(read_station, sites, chunksize=1)
    print(sum(readings) / len(readings))


if __name__ == "__main__":
    main()
