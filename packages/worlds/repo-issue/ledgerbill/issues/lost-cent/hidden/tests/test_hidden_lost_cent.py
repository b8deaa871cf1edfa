from ledgerbill.money import allocate


def test_largest_remainder_first():
    assert allocate(100, [1, 1, 4]) == [17, 17, 66]
    assert allocate(101, [3, 3, 1]) == [43, 43, 15]


def test_equal_remainders_in_order():
    assert allocate(200, [1, 1, 1]) == [67, 67, 66]
    assert allocate(2, [1, 1, 1, 1]) == [1, 1, 0, 0]


def test_negative_amounts():
    assert sum(allocate(-100, [1, 1, 1])) == -100


def test_nothing_is_lost():
    for cents in range(0, 60):
        assert sum(allocate(cents, [5, 3, 7, 1])) == cents
