"""A small asynchronous pipeline: values pass through stages, one after the other."""
import asyncio

STAGES = {}


def stage(function):
    """Register a coroutine function as a stage under its name."""
    STAGES[function.__name__] = function
    return function


@stage
async def double(value):
    await asyncio.sleep(0)
    return value * 2


@stage
async def increment(value):
    await asyncio.sleep(0)
    return value + 1


@stage
async def halve(value):
    await asyncio.sleep(0)
    if value % 2:
        raise ValueError("odd value: %r" % (value,))
    return value // 2


async def apply_stages(value, names):
    """Pass one value through the named stages."""
    for name in names:
        value = STAGES[name](value)
    return value


async def run_pipeline(values, names, default=None):
    """Results in the order of the values; `default` where a stage refuses a value."""
    results = []
    for value in values:
        try:
            result = await apply_stages(value, names)
        except ValueError:
            result = default
        results.append(result)
    return results
