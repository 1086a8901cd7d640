"""Quadratic two-layer networks on modular addition: numeric routes."""

__all__: list[str] = []
