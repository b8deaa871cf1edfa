from datetime import datetime

import pytest

from timesheet import parse


def test_reads_a_line():
    (entry,) = parse("2024-03-04 9:00-10:30 acme web")
    assert (entry.start, entry.end) == (datetime(2024, 3, 4, 9), datetime(2024, 3, 4, 10, 30))
    assert entry.project == "acme web"
    assert entry.minutes == 90


def test_passes_over_comments_and_blank_lines():
    entries = parse("# march\n\n2024-03-04 09:00 - 10:00 acme  # call\n")
    assert [entry.project for entry in entries] == ["acme"]


def test_an_entry_may_run_past_midnight():
    (entry,) = parse("2024-02-29 22:15-01:00 release")
    assert entry.end == datetime(2024, 3, 1, 1)
    assert entry.minutes == 165


def test_names_the_line_it_cannot_read():
    with pytest.raises(ValueError, match="line 2: expected"):
        parse("2024-03-04 9:00-10:00 acme\nyesterday 9:00-10:00 acme")
