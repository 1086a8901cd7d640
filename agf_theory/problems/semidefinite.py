"""Whether a symmetric rational matrix is positive semidefinite, decided exactly."""

from __future__ import annotations

import flint

from agf_theory.errors import InputError

__all__ = ["require_semidefinite"]

_WAY_OUT = "moments of floating-point data lose it to rounding: pass the data to from_data, which computes exactly"


def require_semidefinite(matrix: flint.fmpq_mat, what: str) -> None:
    """Raise `InputError` unless the matrix is symmetric and positive semidefinite.

    Symmetric elimination: each pivot must be positive, or zero with a row of zeros.
    """
    rows = matrix.tolist()
    size = len(rows)
    for i in range(size):
        for j in range(i):
            if rows[i][j] != rows[j][i]:
                raise InputError(
                    f"{what}: a symmetric matrix is required, got {_shown(rows[i][j])} in row {i + 1}, column "
                    f"{j + 1} and {_shown(rows[j][i])} across; pass (S + S.T)/2 if it is symmetric up to rounding"
                )
    for k in range(size):
        pivot, row = rows[k][k], rows[k]
        if pivot < 0 or (pivot == 0 and any(row[j] != 0 for j in range(k + 1, size))):
            raise InputError(f"{what}: a positive semidefinite matrix is required, got an indefinite one; {_WAY_OUT}")
        if pivot == 0:
            continue
        for i in range(k + 1, size):
            if row[i] != 0:
                factor = row[i] / pivot
                for j in range(i, size):
                    rows[i][j] -= factor * row[j]
                    rows[j][i] = rows[i][j]


def _shown(value: flint.fmpq) -> str:
    """A rational number as it may stand in a message: its nearest double."""
    return f"{int(value.p) / int(value.q):.6g}"
