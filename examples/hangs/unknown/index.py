import time

for number in range(1_000_000):
    with open("index", "w") as index:
        index.write(str(number))
    time.sleep(0.001)
print("index written")
