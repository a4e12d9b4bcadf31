import threading

savings, wages = threading.Lock(), threading.Lock()
both_have_one = threading.Barrier(2)


def transfer(source, target):
    with source:
        both_have_one.wait()
        with target:
            pass


def test_transfer():
    pay_in = threading.Thread(target=transfer, args=(wages, savings), name="pay-in")
    pay_in.start()
    transfer(savings, wages)
    pay_in.join()
