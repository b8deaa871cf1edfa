from datetime import date

from ledgerbill import Invoice, LineItem
from ledgerbill.discounts import AmountOff, PercentOff
from ledgerbill.tax import TaxTable
from ledgerbill.terms import Terms

TABLE = TaxTable({("DE", None): 19, ("DE", "books"): 7})


def make(*lines, **more):
    return Invoice("INV-2024-0001", "Ada", "DE", date(2024, 1, 10), Terms(), list(lines), **more)


def test_totals():
    invoice = make(LineItem("desk", 1, 10000), LineItem("book", 2, 1000, "books"))
    assert invoice.subtotal() == 12000
    assert invoice.total(TABLE) == 12000 + 1900 + 140


def test_discount_is_spread():
    invoice = make(LineItem("a", 1, 100), LineItem("b", 1, 100), LineItem("c", 1, 100), discounts=[AmountOff(100)])
    assert sum(cents for _, cents in invoice.discounted_lines()) == 200


def test_tax_of_small_amounts():
    invoice = make(LineItem("stamp", 1, 250), LineItem("card", 1, 50))
    assert invoice.tax(TaxTable({("DE", None): 5})) == 14


def test_empty_invoice():
    assert make(discounts=[PercentOff(5)]).total(TABLE) == 0


def test_due():
    assert make().due() == date(2024, 2, 9)
