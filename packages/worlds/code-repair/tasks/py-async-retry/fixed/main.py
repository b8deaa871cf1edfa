"""Retries of asynchronous calls. A fake service plays back a script of outcomes."""
import asyncio


class Service:
    """Each call consumes one outcome; "fail" raises ConnectionError."""

    def __init__(self, script):
        self.script = list(script)
        self.calls = 0

    async def fetch(self):
        await asyncio.sleep(0)
        self.calls += 1
        outcome = self.script.pop(0) if self.script else "fail"
        if outcome == "fail":
            raise ConnectionError("attempt %d" % self.calls)
        return outcome


def backoff(attempts, base, limit):
    """Pauses between the attempts: doubled each time, up to limit."""
    return [min(limit, base * 2 ** k) for k in range(attempts - 1)]


async def with_retries(operation, attempts):
    """The result of the first attempt that succeeds; the last error is raised."""
    for attempt in range(1, attempts + 1):
        try:
            return await operation()
        except ConnectionError:
            if attempt == attempts:
                raise


async def fetch_or(script, attempts, fallback):
    """{"value", "calls"}; the fallback is used when all attempts fail."""
    service = Service(script)
    try:
        value = await with_retries(service.fetch, attempts)
    except ConnectionError:
        value = fallback
    return {"value": value, "calls": service.calls}
