import queue
import threading
import time


class Shelf:
    def __init__(self, name, items):
        self.name = name
        self.items = items
        self.lock = threading.Lock()


labels = queue.Queue()
journal = []


def print_labels():
    while True:
        journal.append("label " + labels.get())


def audit(shelf, change):
    time.sleep(0.05)
    journal.append((shelf.name, change))


def restock_front(store, front, count):
    with store.lock:
        store.items -= count
        audit(store, -count)
        with front.lock:
            front.items += count
            audit(front, count)


def return_overstock(front, store, keep):
    with front.lock:
        surplus = front.items - keep
        audit(front, -surplus)
        with store.lock:
            front.items -= surplus
            store.items += surplus
            audit(store, surplus)


def main():
    store, front = Shelf("store", 900), Shelf("front", 60)
    for _ in range(3):
        threading.Thread(target=print_labels, daemon=True).start()
    labels.put("morning")
    jobs = [
        threading.Thread(target=restock_front, args=(store, front, 40)),
        threading.Thread(target=return_overstock, args=(front, store, 50)),
    ]
    for job in jobs:
        job.start()
    print("READY", flush=True)
    for job in jobs:
        job.join()
    print(store.items, front.items)


if __name__ == "__main__":
    main()
