"""A calendar of events: agendas, conflicts and free time."""

from datetime import timedelta

from recur.agenda.spans import overlap, subtract


class Calendar:
    def __init__(self, workday=(9 * 60, 17 * 60), holidays=None):
        self.workday = workday
        self.holidays = holidays
        self._events = []

    def add(self, event):
        self._events.append(event)
        return event

    def agenda(self, day):
        """The events of a day, the earliest first."""
        found = [event for event in self._events if event.days(day, day)]
        return sorted(found, key=lambda event: (event.start, event.title))

    def conflicts(self, day):
        """Pairs of titles whose times overlap."""
        events = self.agenda(day)
        return [
            (a.title, b.title)
            for i, a in enumerate(events)
            for b in events[i + 1 :]
            if overlap(a.span, b.span)
        ]

    def free(self, day, at_least=30):
        """Free spans of the working hours; none on weekends and holidays."""
        if self.is_off(day):
            return []
        taken = [event.span for event in self.agenda(day)]
        return [span for span in subtract(self.workday, taken) if span[1] - span[0] >= at_least]

    def next_free(self, day, minutes, horizon=60):
        """The first day from `day` on with a free span long enough, as (day, start); or None."""
        for offset in range(horizon):
            candidate = day + timedelta(days=offset)
            spans = self.free(candidate, minutes)
            if spans:
                return candidate, spans[0][0]
        return None

    def is_off(self, day):
        return day.weekday() >= 5 or (self.holidays is not None and day in self.holidays)
