"""Tax rates by region and category."""

from .money import percent_of


class TaxTable:
    def __init__(self, rates, default=0):
        self._rates = dict(rates)
        self._default = default

    def rate_for(self, region, category):
        """The most specific rate: region and category, then region, then the default."""
        for key in ((region, category), (region, None)):
            if key in self._rates:
                return self._rates[key]
        return self._default

    def tax_on(self, cents, region, category):
        return percent_of(cents, self.rate_for(region, category))


def split_gross(gross, rate):
    """Take an amount that includes tax apart into (net, tax)."""
    tax = percent_of(gross * 100, rate) // (100 + rate)
    return gross - tax, tax
