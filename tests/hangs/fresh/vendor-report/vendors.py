import json
import subprocess
import sys


def vendor_rows(count):
    for number in range(count):
        yield {"id": number, "name": f"Vendor {number}", "vat": "" if number % 3 else f"DE{number:09}"}


def checked_vendors(rows):
    checker = subprocess.Popen(
        ["node", "check_vendors.js", json.dumps(rows)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    good = [line.strip() for line in checker.stdout]
    problems = checker.stderr.read().splitlines()
    checker.wait()
    return good, problems


def main(target):
    print("READY", flush=True)
    good, problems = checked_vendors(list(vendor_rows(1500)))
    with open(target, "w") as report:
        report.write(f"{len(good)} good, {len(problems)} problems\n")


main(sys.argv[1])
