import asyncio


class Desk:
    def __init__(self, seats):
        self.seats = seats
        self.revenue = 0
        self.seat_map = asyncio.Lock()
        self.ledger = asyncio.Lock()


async def card_service(amount):
    await asyncio.sleep(0.05)
    return amount >= -500


async def seat_service(count):
    await asyncio.sleep(0.05)
    return count < 10


async def book_seats(desk, count, price):
    async with desk.seat_map:
        if not await seat_service(count):
            return False
        desk.seats -= count
        async with desk.ledger:
            desk.revenue += count * price
            return await card_service(count * price)


async def cancel_booking(desk, count, price):
    async with desk.ledger:
        if not await card_service(-count * price):
            return False
        desk.revenue -= count * price
        async with desk.seat_map:
            desk.seats += count
            return await seat_service(count)


async def main():
    desk = Desk(120)
    await book_seats(desk, 2, 90)
    await cancel_booking(desk, 1, 90)
    print("READY", flush=True)
    results = await asyncio.gather(
        book_seats(desk, 3, 80),
        cancel_booking(desk, 1, 90),
    )
    print(results, desk.seats, desk.revenue)


if __name__ == "__main__":
    asyncio.run(main())
