"""What one unit of time is for networks that learn modular addition."""

from __future__ import annotations

__all__ = ["CLOCK"]

CLOCK = "t α for loss E‖x_{a+b}−f‖²/2, mean over pairs"
"""The plateau scale α^(2−κ) = 1/α of κ = 3; α times a start of unit scale is where the flow begins."""
