"""Working hours from plain text: totals, gaps, overtime."""

from .entry import Entry
from .overtime import overtime
from .parsing import parse
from .report import report
from .rounding import round_minutes
from .spans import gaps, merged, worked_minutes
from .totals import by_day, by_project
from .weeks import MONDAY, SUNDAY, week_of

__all__ = [
    "MONDAY",
    "SUNDAY",
    "Entry",
    "by_day",
    "by_project",
    "gaps",
    "merged",
    "overtime",
    "parse",
    "report",
    "round_minutes",
    "week_of",
    "worked_minutes",
]
