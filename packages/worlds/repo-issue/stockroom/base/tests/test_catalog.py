import pytest

from stockroom.catalog import Catalog, Item
from stockroom.errors import UnknownItem

CATALOG = Catalog(
    [
        Item("B-1", "Blue Paint", tags=frozenset({"paint", "indoor"})),
        Item("A-1", "Brush", tags=frozenset({"paint"})),
    ]
)


def test_order_and_lookup():
    assert [item.sku for item in CATALOG] == ["A-1", "B-1"]
    assert CATALOG["A-1"].name == "Brush"
    with pytest.raises(UnknownItem):
        CATALOG["C-1"]


def test_tags():
    assert [item.sku for item in CATALOG.tagged("paint", "indoor")] == ["B-1"]


def test_search():
    assert [item.sku for item in CATALOG.search("paint BLUE")] == ["B-1"]
