from ledgerbill.tax import TaxTable, split_gross

TABLE = TaxTable({("DE", None): 19, ("DE", "books"): 7, ("FR", None): 20}, default=0)


def test_most_specific_rate():
    assert TABLE.rate_for("DE", "books") == 7
    assert TABLE.rate_for("DE", "tools") == 19
    assert TABLE.rate_for("US", "books") == 0


def test_tax_on_amount():
    assert TABLE.tax_on(1000, "FR", "tools") == 200


def test_split_gross():
    assert split_gross(11900, 19) == (10000, 1900)
