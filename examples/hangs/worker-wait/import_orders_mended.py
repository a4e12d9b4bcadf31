import queue
import threading

orders = queue.Queue()
totals = []


def add_up():
    while True:
        order = orders.get()
        if order.isdigit():
            totals.append(int(order))
        orders.task_done()


threading.Thread(target=add_up, daemon=True, name="adder").start()
for order in ["12", "n/a", "30"]:
    orders.put(order)
orders.join()
print(sum(totals))
