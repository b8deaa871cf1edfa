from datetime import date

from stockroom.catalog import Catalog, Item
from stockroom.warehouse import Warehouse


def day(number, month=5):
    return date(2024, month, number)


def filled():
    catalog = Catalog(
        [
            Item("MILK", "Milk 1l", pack_size=12, reorder_level=20, tags=frozenset({"cold", "food"})),
            Item("SOAP", "Soap bar", reorder_level=5),
        ]
    )
    return Warehouse(catalog)
