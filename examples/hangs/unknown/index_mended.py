with open("index", "w") as index:
    for number in range(1_000_000):
        index.write(f"{number}\n")
print("index written")
