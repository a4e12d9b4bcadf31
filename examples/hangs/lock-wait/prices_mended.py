import threading

prices_lock = threading.Lock()
prices = {}


def update(name, price):
    with prices_lock:
        if price < 0:
            return
        prices[name] = price


update("tea", -1)
update("tea", 5)
print(prices)
