from dataclasses import dataclass, field

from .errors import UnknownItem


@dataclass(frozen=True)
class Item:
    sku: str
    name: str
    pack_size: int = 1
    reorder_level: int = 0
    lead_days: int = 7
    tags: frozenset = field(default_factory=frozenset)


class Catalog:
    def __init__(self, items=()):
        self._items = {}
        for item in items:
            self.add(item)

    def add(self, item):
        self._items[item.sku] = item

    def __getitem__(self, sku):
        try:
            return self._items[sku]
        except KeyError:
            raise UnknownItem(sku) from None

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda item: item.sku))

    def tagged(self, *tags):
        """Items that have all of the tags."""
        wanted = set(tags)
        return [item for item in self if wanted <= item.tags]

    def search(self, text):
        """Items with every word of the text in their name or sku, whatever the case."""
        words = text.lower().split()
        return [
            item
            for item in self
            if all(word in f"{item.sku} {item.name}".lower() for word in words)
        ]
