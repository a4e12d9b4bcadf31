import fcntl
import os
import subprocess
import sys


def run_bundler(site):
    bundle = subprocess.run(["node", "bundle.js", site], stdout=subprocess.PIPE, text=True, check=True)
    return bundle.stdout.split()


def release(site):
    with open(os.path.join(site, "site.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pages = sorted(name for name in os.listdir(site) if name.endswith(".html"))
        print(f"releasing {len(pages)} pages", flush=True)
        print("READY", flush=True)
        for line in run_bundler(site):
            print("bundle", line)


release(sys.argv[1])
