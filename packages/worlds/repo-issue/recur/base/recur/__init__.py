"""Recurring events: rules, calendars, free time."""
