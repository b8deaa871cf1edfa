"""Leaderboards: players with equal scores share a rank (1, 2, 2, 4)."""


def sort_entries(scores):
    """Players by score, best first; equal scores in name order."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def rank_players(scores):
    """Map each player to a rank; after a tie ranks are skipped."""
    ranks = {}
    rank = 0
    previous = None
    for position, (player, score) in enumerate(sort_entries(scores), start=1):
        if previous is None or score < previous:
            rank = position
        ranks[player] = rank
        previous = score
    return ranks


def podium(scores, places=3):
    """All players on the first `places` ranks, best first."""
    ranks = rank_players(scores)
    return [player for player, _ in sort_entries(scores) if ranks[player] <= places]
