import hashlib
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="invoice")
customers = [f"C{n:04}" for n in range(24)]


def fetch_logo(customer):
    return hashlib.sha256(customer.encode()).hexdigest()[:12]


def fetch_lines(customer):
    time.sleep(0.05)
    return [(f"{customer}-{n}", n * 250) for n in range(1, 6)]


def render_invoice(customer):
    lines = fetch_lines(customer)
    logo = pool.submit(fetch_logo, customer)
    total = sum(cents for _, cents in lines)
    return f"{customer} [{logo.result()}] {total / 100:.2f}"


def render_all():
    jobs = {pool.submit(render_invoice, customer): customer for customer in customers}
    print("READY", flush=True)
    for done in as_completed(jobs):
        print(done.result())


if __name__ == "__main__":
    render_all()
    pool.shutdown()
