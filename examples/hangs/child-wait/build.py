import subprocess

with open("build.log", "w") as log:
    subprocess.run(["seq", "3"], stdout=log, check=True)
subprocess.run(["tail", "-f", "build.log"], check=True)
print("build done")
