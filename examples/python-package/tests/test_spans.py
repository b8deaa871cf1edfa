from datetime import datetime

from timesheet import gaps, merged, parse, worked_minutes


def at(hour, minute=0):
    return datetime(2024, 3, 4, hour, minute)


def day(*times):
    return parse("\n".join(f"2024-03-04 {time} acme" for time in times))


def test_no_entries_no_spans():
    assert merged([]) == []
    assert worked_minutes([]) == 0
    assert gaps([]) == []


def test_separate_entries_stay_separate():
    assert merged(day("13:00-14:00", "9:00-10:00")) == [(at(9), at(10)), (at(13), at(14))]


def test_entries_that_touch_are_one_span():
    assert merged(day("9:00-10:00", "10:00-11:30")) == [(at(9), at(11, 30))]


def test_entries_that_overlap_are_one_span():
    assert merged(day("9:00-11:00", "10:30-12:00", "11:45-12:15")) == [(at(9), at(12, 15))]


def test_a_short_entry_within_a_long_one():
    assert merged(day("9:00-12:00", "9:30-10:00")) == [(at(9), at(12))]


def test_shared_time_counts_once():
    assert worked_minutes(day("9:00-10:00", "9:30-10:30")) == 90


def test_a_call_during_a_workshop_is_no_extra_time():
    assert worked_minutes(day("9:00-17:00 workshop", "10:00-10:20 call", "16:00-18:00 mail")) == 540


def test_finds_the_breaks_of_a_day():
    assert gaps(day("9:00-10:00", "10:05-12:00", "13:00-15:00"), shortest=10) == [(at(12), at(13))]


def test_the_night_is_no_break():
    assert gaps(parse("2024-03-04 9:00-17:00 acme\n2024-03-05 9:00-17:00 acme")) == []
