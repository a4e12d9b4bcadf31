"""Runs a program whose standard output is a non-blocking pipe, and prints how much came and its end."""
import fcntl
import os
import subprocess
import sys

reader, writer = os.pipe()
fcntl.fcntl(writer, fcntl.F_SETFL, fcntl.fcntl(writer, fcntl.F_GETFL) | os.O_NONBLOCK)
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
with os.fdopen(reader, "rb") as stream:
    data = stream.read()
child.wait()
print(len(data), data[-16:].decode())
