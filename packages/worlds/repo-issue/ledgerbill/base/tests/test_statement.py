from datetime import date

from ledgerbill.payments import Account
from ledgerbill.report.statement import leader, statement


def test_leader():
    assert leader("a", "b", 10) == "a ...... b"


def test_statement_lists_the_oldest_first():
    account = Account()
    account.charge("INV-2", date(2024, 1, 1), 1500)
    account.charge("INV-1", date(2024, 2, 1), 2000)
    text = statement("Ada", account, date(2024, 1, 15))
    assert text.splitlines()[2:] == [
        "INV-2 (1-30) .................... €15.00",
        "INV-1 (current) ................. €20.00",
        "balance ......................... €35.00",
    ]
