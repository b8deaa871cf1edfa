"""Running jobs under a retry policy; jobs are scripts of outcomes."""
from errors import Fatal, Transient, raise_outcome


def attempt(script, position):
    """The value at a position of the script, or the error it stands for."""
    if position >= len(script):
        raise Fatal("script is over")
    outcome = script[position]
    if isinstance(outcome, str) and outcome.startswith("!"):
        raise_outcome(outcome[1:])
    return outcome


def run_job(script, retries):
    """Try at most 1 + retries times; only transient errors are tried again.

    Gives {"status", "value", "attempts"}, status "ok", "exhausted" or "fatal".
    """
    for number in range(1, retries + 2):
        try:
            value = attempt(script, number - 1)
        except Fatal:
            return {"status": "fatal", "value": None, "attempts": number}
        except Transient:
            continue
        return {"status": "ok", "value": value, "attempts": number}
    return {"status": "exhausted", "value": None, "attempts": retries + 1}


def run_all(scripts, retries):
    """Status of every job, and the total number of attempts."""
    results = [run_job(script, retries) for script in scripts]
    return {
        "statuses": [result["status"] for result in results],
        "attempts": sum(result["attempts"] for result in results),
    }
