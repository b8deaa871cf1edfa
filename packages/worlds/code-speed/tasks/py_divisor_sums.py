def kinds(numbers):
    """Whether each number is deficient, perfect or abundant."""
    names = []
    for n in numbers:
        divisors = []
        for d in range(1, n):
            if n % d == 0:
                divisors = divisors + [d]
        if sum(divisors) < n:
            names.append("deficient")
        elif sum(divisors) == n:
            names.append("perfect")
        else:
            names.append("abundant")
    return names
