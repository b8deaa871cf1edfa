from datetime import date

import pytest

from ledgerbill.payments import Account


def test_pays_one_invoice():
    account = Account()
    account.charge("A", date(2024, 1, 1), 500)
    assert account.pay(200, "A") == {"A": 200}
    assert account.balance() == 300


def test_rest_becomes_credit():
    account = Account()
    account.charge("A", date(2024, 1, 1), 500)
    account.pay(800)
    assert account.credit == 300
    assert account.open == {}


def test_credit_pays_the_next_invoice():
    account = Account(credit=300)
    account.charge("B", date(2024, 2, 1), 1000)
    assert account.balance() == 700


def test_more_credit_than_the_invoice():
    account = Account(credit=100)
    account.charge("B", date(2024, 2, 1), 30)
    assert account.balance() == -70


def test_nothing_to_pay():
    with pytest.raises(ValueError):
        Account().pay(0)
