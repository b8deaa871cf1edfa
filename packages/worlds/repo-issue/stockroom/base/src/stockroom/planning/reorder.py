"""What should be ordered from suppliers, and how much of it."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Proposal:
    sku: str
    quantity: int
    reason: str


def to_packs(quantity, pack_size):
    """Suppliers sell whole packs only."""
    return math.ceil(quantity / pack_size) * pack_size


def reorder_point(item, demand):
    """Below this much an order has to be placed: demand over the lead time, at least the level."""
    return max(item.reorder_level, math.ceil(demand * item.lead_days))


def proposals(warehouse, today, cover_days=30):
    """One proposal per item whose available stock is below its reorder point."""
    result = []
    for item in warehouse.catalog:
        demand = warehouse.journal.daily_demand(item.sku, today)
        point = reorder_point(item, demand)
        available = warehouse.available(item.sku, today)
        if available >= point:
            continue
        target = point + math.ceil(demand * cover_days)
        quantity = to_packs(target - available, item.pack_size)
        result.append(Proposal(item.sku, quantity, f"{available} of {point}"))
    return result
