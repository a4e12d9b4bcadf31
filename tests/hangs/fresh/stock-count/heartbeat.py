import pathlib
import socket
import sqlite3
import sys
import time


def main(path, alive):
    db = sqlite3.connect(path)
    host = socket.gethostname()
    beats = 0
    while True:
        beats += 1
        db.execute("INSERT OR REPLACE INTO agents VALUES (?, ?)", (host, beats))
        pathlib.Path(alive).touch()
        time.sleep(30)


main(*sys.argv[1:])
