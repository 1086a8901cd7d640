"""Closed forms of fully connected two-layer linear networks."""

__all__: list[str] = []
