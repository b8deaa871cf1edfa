"""Determinants by expansion, and Cramer's rule for small systems."""


def minor(matrix, row, column):
    """The matrix without one row and one column."""
    return [line[:column] + line[column + 1:] for r, line in enumerate(matrix) if r != row]


def determinant(matrix):
    """Determinant of a square matrix; 1 for the empty one."""
    if not matrix:
        return 1
    total = 0
    for column, value in enumerate(matrix[0]):
        sign = -1 if column % 2 else 1
        total += sign * value * determinant(minor(matrix, 0, column))
    return total


def replace_column(matrix, column, values):
    """A new matrix with another column at one place."""
    result = [row[:] for row in matrix]
    for row, value in zip(result, values):
        row[column] = value
    return result


def solve(matrix, right):
    """The solution of matrix * x = right, or None when there is no single one."""
    base = determinant(matrix)
    if base == 0:
        return None
    solution = []
    for column in range(len(matrix)):
        solution.append(determinant(replace_column(matrix, column, right)) / base)
    return solution
