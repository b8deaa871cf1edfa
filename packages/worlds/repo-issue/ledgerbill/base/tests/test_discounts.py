from ledgerbill.discounts import AmountOff, BulkTiers, PercentOff, apply_all


def test_percent_and_amount():
    assert PercentOff(10).apply(2000) == 1800
    assert AmountOff(500).apply(2000) == 1500


def test_in_order():
    assert apply_all(2000, [PercentOff(10), AmountOff(300)]) == 1500


def test_no_tier_below_the_first():
    assert BulkTiers(((10, 5), (50, 12))).percent_for(3) == 0
