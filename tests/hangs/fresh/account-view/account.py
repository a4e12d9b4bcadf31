import asyncio
import os
import sys

SYMBOLS = [f"SYM{n:02}" for n in range(20)]
prices = {}


async def open_ledger():
    ledger = await asyncio.create_subprocess_exec(
        sys.executable, "ledgerd.py", stdout=asyncio.subprocess.PIPE
    )
    port = int(await ledger.stdout.readline())
    if "HANG_FACTS" in os.environ:
        with open(os.environ["HANG_FACTS"], "a") as facts:
            facts.write(f"port={port}\n")
    return port


async def refresh_price(symbol):
    step = 0
    while True:
        step += 1
        prices[symbol] = 1000 + (hash(symbol) + step) % 50
        await asyncio.sleep(1)


async def load_positions(port, account):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POSITIONS {account}\n".encode())
    await writer.drain()
    count = int((await reader.readline()).split()[1])
    positions = []
    for _ in range(count):
        symbol, amount = (await reader.readline()).decode().split()
        positions.append((symbol, int(amount)))
    writer.close()
    return positions


async def main():
    port = await open_ledger()
    updates = [asyncio.create_task(refresh_price(symbol)) for symbol in SYMBOLS]
    await asyncio.sleep(0.1)
    print("READY", flush=True)
    positions = await load_positions(port, "4711")
    print(sum(prices[symbol] * amount for symbol, amount in positions))
    for update in updates:
        update.cancel()


if __name__ == "__main__":
    asyncio.run(main())
