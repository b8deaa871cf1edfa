import pytest

from unitary.errors import UnknownUnit
from unitary.units.registry import Registry


def test_names_and_aliases():
    registry = Registry()
    assert registry.find("m") is registry.find("metre")
    assert registry.find("hours").name == "h"


def test_prefixes():
    registry = Registry()
    assert registry.find("km").factor == 1000
    assert registry.find("kilometers").factor == 1000
    assert registry.find("ml").factor == pytest.approx(1e-6)


def test_define():
    registry = Registry()
    registry.define("fortnight", "day", 14)
    assert registry.find("fortnights").factor == 14 * 86400


def test_unknown():
    for name in ("parsec", "kmi", "s s"):
        with pytest.raises(UnknownUnit):
            Registry().find(name)
