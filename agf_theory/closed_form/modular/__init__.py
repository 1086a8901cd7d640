"""Quadratic two-layer networks on modular addition: closed forms."""

__all__: list[str] = []
