"""Filtering of records with queries like {"age": [">=", 18], "city": ["=", "Rome"]}."""
from operators import apply_operator


def matches(record, query, mode="all"):
    """True when the record meets all (or, with mode "any", some) conditions."""
    results = [
        apply_operator(record.get(field), operator, operand)
        for field, (operator, operand) in query.items()
    ]
    if mode == "any" and results:
        return any(results)
    return all(results)


def select(records, query, mode="all"):
    """The ids of the matching records, in the order of the records."""
    return [record["id"] for record in records if matches(record, query, mode)]
