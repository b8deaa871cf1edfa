from datetime import date

from ledgerbill.payments import Account


def book():
    account = Account()
    account.charge("INV-2024-0009", date(2024, 5, 1), 100)
    account.charge("INV-2024-0010", date(2024, 3, 1), 200)
    account.charge("INV-2024-0011", date(2024, 4, 1), 300)
    return account


def test_payment_goes_to_the_oldest():
    assert book().pay(250) == {"INV-2024-0010": 200, "INV-2024-0011": 50}


def test_order_of_three():
    assert book().by_age() == ["INV-2024-0010", "INV-2024-0011", "INV-2024-0009"]


def test_what_stays_open():
    account = book()
    account.pay(500)
    assert list(account.open) == ["INV-2024-0009"]
