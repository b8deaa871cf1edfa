"""Small dense matrices as lists of rows."""


def shape(matrix):
    """(rows, columns); a matrix without rows has no columns either."""
    return len(matrix), len(matrix[0]) if matrix else 0


def transpose(matrix):
    rows, columns = shape(matrix)
    return [[matrix[r][k] for r in range(rows)] for k in range(columns)]


def multiply(left, right):
    """Matrix product; raises ValueError when the shapes do not fit."""
    rows, inner = shape(left)
    right_rows, columns = shape(right)
    if inner != right_rows:
        raise ValueError("shapes do not fit")
    result = []
    for r in range(rows):
        row = []
        for k in range(inner):
            total = 0
            for i in range(inner):
                total += left[r][i] * right[i][k]
            row.append(total)
        result.append(row)
    return result


def power(matrix, exponent):
    """Repeated product of a square matrix with itself."""
    size, _ = shape(matrix)
    result = [[1 if r == k else 0 for k in range(size)] for r in range(size)]
    for _ in range(exponent):
        result = multiply(result, matrix)
    return result
