import threading
import time


class MenuFeed:
    def __init__(self, dishes):
        self.dishes = list(dishes)
        self.seen = []
        self.closed = False
        self.first = threading.Event()
        self.thread = threading.Thread(target=self._pump, name="menu-feed")

    def start(self):
        self.thread.start()
        self.first.wait(2)
        return self

    def _pump(self):
        position = 0
        while not self.closed:
            if position < len(self.dishes):
                self.seen.append(self.dishes[position])
                position += 1
                self.first.set()
            time.sleep(0.05)

    def close(self):
        self.close_requested = True
        self.thread.join()
