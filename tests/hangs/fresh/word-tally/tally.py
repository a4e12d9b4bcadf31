import collections
import multiprocessing
import random

WORDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "nrstlmk"]


def make_text(seed, length=30000):
    rng = random.Random(seed)
    return [rng.choice(WORDS) + rng.choice(WORDS) for _ in range(length)]


def tally_part(seed, results):
    counts = collections.Counter(make_text(seed))
    results.put((seed, dict(counts)))


def tally_text(parts):
    tallies = []
    for part in range(parts):
        results = multiprocessing.Queue()
        process = multiprocessing.Process(target=tally_part, args=(part, results))
        process.start()
        tallies.append((process, results))
    print("READY", flush=True)
    total = collections.Counter()
    for process, results in tallies:
        process.join()
        total.update(results.get()[1])
    return total


if __name__ == "__main__":
    for word, count in tally_text(2).most_common(5):
        print(word, count)
