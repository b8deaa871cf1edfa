def winners(ballots):
    """Candidates with the most votes, by name."""
    best = 0
    leading = []
    for candidate in ballots:
        votes = ballots.count(candidate)
        if votes > best:
            best = votes
            leading = [candidate]
        elif votes == best and candidate not in leading:
            leading = leading + [candidate]
    return sorted(leading)
