from subprocess import PIPE, Popen

lister = Popen(["seq", "50000"], stdout=PIPE)
lister.wait()
print(len(lister.stdout.readlines()), "lines")
