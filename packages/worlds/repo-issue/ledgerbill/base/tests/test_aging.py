from datetime import date

from ledgerbill.payments import Account
from ledgerbill.report.aging import aging, bucket_for


def test_buckets():
    assert bucket_for(-3) == "current"
    assert bucket_for(45) == "31-60"
    assert bucket_for(400) == "over 90"


def test_sums():
    account = Account()
    account.charge("A", date(2024, 1, 1), 100)
    account.charge("B", date(2024, 1, 5), 50)
    account.charge("C", date(2024, 3, 1), 70)
    assert aging(account, date(2024, 1, 20)) == {"1-30": 150, "current": 70}
