from .rounding import round_minutes
from .totals import by_day, by_project


def report(entries, step=15):
    """Hours per day and per project as lines of text; projects are rounded to `step` minutes."""
    if not entries:
        return "nothing recorded"
    lines = [f"{day:%a %d %b}  {_hours(minutes)}" for day, minutes in by_day(entries).items()]
    projects = by_project(entries)
    width = max(len(name) for name in projects)
    lines.append("")
    lines.extend(f"{name:<{width}}  {_hours(round_minutes(minutes, step))}" for name, minutes in projects.items())
    return "\n".join(lines)


def _hours(minutes):
    return f"{minutes // 60}:{minutes % 60:02d}"
