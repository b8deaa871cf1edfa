from recur.agenda.spans import merge, subtract


def test_span_within_another():
    assert merge([(0, 100), (10, 20), (30, 40)]) == [(0, 100)]


def test_inner_span_comes_first_in_the_list():
    assert merge([(20, 30), (0, 50), (40, 45), (60, 61)]) == [(0, 50), (60, 61)]


def test_nothing_left_of_a_full_day():
    assert subtract((10, 90), [(0, 100), (20, 30)]) == []
