"""The results on linear networks, derived step by step."""

__all__: list[str] = []
