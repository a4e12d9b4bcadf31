import inspect
import sys
import traceback

import test_menu


def fixture_values(func, active):
    values = {}
    for name in inspect.signature(func).parameters:
        if name not in active:
            generator = getattr(test_menu, name)()
            active[name] = (generator, next(generator))
        values[name] = active[name][1]
    return values


def tear_down(active):
    for name, (generator, _) in reversed(active.items()):
        print(f"teardown {name}", flush=True)
        next(generator, None)
    active.clear()


def main():
    tests = [(n, f) for n, f in vars(test_menu).items() if n.startswith("test_")]
    active, failed = {}, 0
    for name, func in tests:
        try:
            func(**fixture_values(func, active))
            print(f"{name} ok", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc()
    print("READY", flush=True)
    tear_down(active)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
