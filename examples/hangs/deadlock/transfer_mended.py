import threading

savings, wages = threading.Lock(), threading.Lock()


def transfer(source, target):
    first, second = sorted((source, target), key=id)
    with first:
        with second:
            pass


pay_in = threading.Thread(target=transfer, args=(wages, savings), name="pay-in")
pay_in.start()
transfer(savings, wages)
pay_in.join()
print("2 transfers done")
