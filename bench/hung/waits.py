"""Hangs in the way that its argument names, and says that it is ready before."""

import asyncio
import queue
import socket
import sys
import threading

ledger = threading.Lock()
audit = threading.Lock()


def ready():
    print("ready", flush=True)


def take_both(first, second, both):
    with first:
        both.wait()
        with second:
            pass


def cross_locks():
    both = threading.Barrier(3)
    threads = [
        threading.Thread(target=take_both, args=(ledger, audit, both)),
        threading.Thread(target=take_both, args=(audit, ledger, both)),
    ]
    for thread in threads:
        thread.start()
    both.wait()
    ready()
    for thread in threads:
        thread.join()


def take_from_empty_queue():
    """With helpers that hold locks, as an ordinary program has them."""
    jobs = queue.Queue()
    started = threading.Barrier(9)

    def help(lock):
        with lock:
            started.wait()
            jobs.get()

    for _ in range(8):
        threading.Thread(target=help, args=(threading.RLock(),), daemon=True).start()
    started.wait()
    ready()
    jobs.get()


def read_from_silent_peer():
    near, far = socket.socketpair()
    ready()
    near.recv(1)


async def wait_among_tasks():
    """The main task and twelve others."""
    done = asyncio.Event()
    lock = asyncio.Lock()
    jobs = asyncio.Queue()

    async def hold():
        async with lock:
            await done.wait()

    async def want():
        async with lock:
            pass

    async def take():
        return await jobs.get()

    works = [hold] + [want] * 5 + [take] * 6
    tasks = [asyncio.create_task(work()) for work in works]
    await asyncio.sleep(0)
    ready()
    await asyncio.gather(*tasks)


WAYS = {
    "locks": cross_locks,
    "queue": take_from_empty_queue,
    "peer": read_from_silent_peer,
    "tasks": lambda: asyncio.run(wait_among_tasks()),
}
WAYS[sys.argv[1]]()
