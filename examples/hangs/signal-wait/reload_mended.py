import signal
import subprocess

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
subprocess.run(["sh", "-c", "kill -USR1 $PPID"], check=True)
signal.sigwait([signal.SIGUSR1])
print("configuration loaded")
