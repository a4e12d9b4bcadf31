from menu_feed import MenuFeed


def feed():
    source = MenuFeed(["soup", "dal", "tart"]).start()
    yield source
    source.close()


def prices():
    yield {"soup": 450, "dal": 890, "tart": 520}


def test_first_dish(feed):
    assert feed.seen[0] == "soup"


def test_every_dish_has_a_price(feed, prices):
    assert all(dish in prices for dish in feed.dishes)
