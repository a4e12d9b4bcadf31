import unittest


class PricesTest(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(sum([250, 120]), 370)
