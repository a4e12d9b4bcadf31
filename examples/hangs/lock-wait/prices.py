import threading

prices_lock = threading.Lock()
prices = {}


def update(name, price):
    prices_lock.acquire()
    if price < 0:
        return
    prices[name] = price
    prices_lock.release()


update("tea", -1)
update("tea", 5)
print(prices)
