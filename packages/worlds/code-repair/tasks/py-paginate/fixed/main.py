"""Pagination helpers; pages are numbered from 1."""


def page_count(total, per_page):
    """Number of pages; an empty listing still has one (empty) page."""
    if per_page < 1:
        raise ValueError("per_page must be positive")
    return max(1, (total + per_page - 1) // per_page)


def paginate(items, page, per_page):
    """One page of items with the data a navigation bar needs.

    A page number out of range is moved to the nearest existing page.
    """
    pages = page_count(len(items), per_page)
    page = min(max(page, 1), pages)
    start = (page - 1) * per_page
    return {
        "items": items[start:start + per_page],
        "page": page,
        "pages": pages,
        "previous": page - 1 if page > 1 else None,
        "next": page + 1 if page < pages else None,
    }


def page_window(page, pages, width):
    """Page numbers around `page`, at most `width` of them, all existing."""
    first = max(1, page - width // 2)
    last = min(pages, first + width - 1)
    first = max(1, last - width + 1)
    return list(range(first, last + 1))
