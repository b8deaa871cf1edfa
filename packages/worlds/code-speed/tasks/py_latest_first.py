def latest_first(events):
    """Titles of events, the latest first, without cancelled ones."""
    titles = []
    cancelled = [event["title"] for event in events if event["kind"] == "cancel"]
    for event in events:
        if event["kind"] != "cancel" and not event["title"] in cancelled:
            titles.insert(0, event["title"])
    return titles
