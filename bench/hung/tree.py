"""Starts the programs of the JSON list in its argument, says that it is ready, and waits for their end."""

import json
import subprocess
import sys

children = [subprocess.Popen(command) for command in json.loads(sys.argv[1])]
print("ready", flush=True)
for child in children:
    child.wait()
