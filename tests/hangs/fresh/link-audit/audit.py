import asyncio
import random

PAGES = {f"/page/{n}": [f"/page/{(n * 7 + k) % 30}" for k in range(3)] for n in range(30)}


class Crawl:
    def __init__(self):
        self.pending = asyncio.Queue()
        self.visited = set()
        self.links = 0

    async def load(self, page):
        await asyncio.sleep(random.uniform(0.001, 0.005))
        return PAGES[page]

    async def fetch_pages(self):
        while True:
            page = await self.pending.get()
            if page in self.visited:
                continue
            self.visited.add(page)
            for link in await self.load(page):
                self.links += 1
                self.pending.put_nowait(link)
            self.pending.task_done()

    async def finish(self):
        await self.pending.join()


async def main():
    crawl = Crawl()
    crawl.pending.put_nowait("/page/1")
    fetchers = [asyncio.create_task(crawl.fetch_pages(), name=f"fetcher-{n}") for n in range(4)]
    print("READY", flush=True)
    await crawl.finish()
    for fetcher in fetchers:
        fetcher.cancel()
    print(f"{len(crawl.visited)} pages, {crawl.links} links")


asyncio.run(main())
