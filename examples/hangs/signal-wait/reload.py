import signal
import subprocess

signal.signal(signal.SIGUSR1, lambda number, frame: None)
subprocess.run(["sh", "-c", "kill -USR1 $PPID"], check=True)
signal.sigwait([signal.SIGUSR1])
print("configuration loaded")
