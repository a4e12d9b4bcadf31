import sqlite3
import sys

db = sqlite3.connect(sys.argv[1])
with db:
    db.execute("CREATE TABLE counts (item TEXT PRIMARY KEY, pieces INTEGER)")
    db.execute("CREATE TABLE agents (host TEXT PRIMARY KEY, beats INTEGER)")
db.close()
