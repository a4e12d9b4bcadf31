import queue


def test_waits_for_an_answer():
    answers = queue.Queue()
    assert answers.get() == "yes"
