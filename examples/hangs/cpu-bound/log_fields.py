def fields(line):
    found, at = {}, 0
    while at < len(line):
        end = line.find(" ", at)
        key, _, value = line[at:end].partition("=")
        found[key] = value
        at = end + 1
    return found


print(fields("level=info took=3ms"))
