import csv
import sqlite3
import sys


def store_counts(db, rows):
    with db:
        for item, pieces in rows:
            db.execute("INSERT OR REPLACE INTO counts VALUES (?, ?)", (item, int(pieces)))


def main(path, source):
    db = sqlite3.connect(path, timeout=3600)
    with open(source, newline="") as f:
        rows = list(csv.reader(f, delimiter=";"))
    store_counts(db, rows)
    print(f"{len(rows)} items")


main(*sys.argv[1:])
