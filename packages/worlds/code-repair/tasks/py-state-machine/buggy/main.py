"""A turnstile: coins unlock it, a push lets one person through."""

TRANSITIONS = {
    ("locked", "coin"): "unlocked",
    ("unlocked", "push"): "locked",
    ("locked", "break"): "broken",
    ("unlocked", "break"): "broken",
    ("broken", "repair"): "locked",
}


class Turnstile:
    def __init__(self):
        self.state = "locked"
        self.passed = 0
        self.coins = 0
        self.returned = 0

    def handle(self, event):
        """Process one event; True when it had an effect."""
        if event == "coin":
            self.take_coin()
        target = TRANSITIONS.get((self.state, event))
        if target is None:
            return False
        if event == "push":
            self.passed += 1
        return True

    def take_coin(self):
        """Coins are only kept while the turnstile is locked."""
        if self.state == "locked":
            self.returned += 1
        else:
            self.coins += 1


def run_events(events):
    """Feed all events; the final state and counters, and the ignored events."""
    machine = Turnstile()
    ignored = [event for event in events if not machine.handle(event)]
    return {
        "state": machine.state,
        "passed": machine.passed,
        "coins": machine.coins,
        "returned": machine.returned,
        "ignored": ignored,
    }
