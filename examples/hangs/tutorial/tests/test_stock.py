import socket
import subprocess
import sys
import unittest


class StockTest(unittest.TestCase):
    def setUp(self):
        command = [sys.executable, "stock_server.py"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        self.port = int(self.server.stdout.readline())

    def test_stock_of_tea(self):
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            client.sendall(b"tea")
            self.assertEqual(client.recv(100), b"3")
