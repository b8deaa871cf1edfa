from recur.agenda.spans import clock, merge, overlap, subtract


def test_overlap():
    assert overlap((0, 10), (5, 15))
    assert not overlap((0, 5), (20, 30))


def test_merge():
    assert merge([(5, 8), (0, 3), (2, 4)]) == [(0, 4), (5, 8)]


def test_subtract():
    assert subtract((0, 100), [(10, 20), (50, 120)]) == [(0, 10), (20, 50)]


def test_clock():
    assert clock(605) == "10:05"
