from subprocess import PIPE, Popen

lister = Popen(["seq", "50000"], stdout=PIPE)
output, _ = lister.communicate()
print(len(output.splitlines()), "lines")
