def round_minutes(minutes, step=15, mode="nearest"):
    """Minutes as a multiple of `step`: `nearest` (halves go up), `up` or `down`."""
    if step <= 0:
        raise ValueError("step must be positive")
    if mode == "down":
        return minutes // step * step
    if mode == "up":
        return -(-minutes // step) * step
    if mode == "nearest":
        return (2 * minutes + step) // (2 * step) * step
    raise ValueError(f"unknown mode {mode!r}")
