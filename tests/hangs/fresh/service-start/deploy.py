import subprocess
import sys

SERVICES = ["config.sh", "services.sh"]


def run_step(script):
    step = subprocess.run(["sh", script], capture_output=True, text=True)
    if step.returncode:
        sys.exit(f"{script}: {step.stderr.strip()}")
    return step.stdout.splitlines()


def deploy():
    for script in SERVICES:
        if script == "services.sh":
            print("READY", flush=True)
        for line in run_step(script):
            print(f"{script}: {line}")


if __name__ == "__main__":
    deploy()
    print("deployed")
