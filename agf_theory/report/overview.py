"""The evidence of all systems in one picture: a bar a system, a segment a level, drawn as SVG by the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agf_theory.report.content import Report

__all__ = ["Bar", "Overview", "Segment", "overview"]

WIDTH, LEFT, ROW, HEIGHT = 640, 118, 30, 20
"""Of the drawing, of the names, of a row with its gap, and of a bar."""


@dataclass(frozen=True)
class Segment:
    """The claims of one system with one level of evidence."""

    level: str
    number: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Bar:
    """One system."""

    label: str
    y: int
    total: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Overview:
    """The drawing."""

    width: int
    height: int
    bar_height: int
    left: int
    bars: tuple[Bar, ...]

    @property
    def in_words(self) -> str:
        """For whoever does not see it."""
        return "; ".join(
            f"{bar.label}: {', '.join(f'{segment.number} {segment.level}' for segment in bar.segments)}"
            for bar in self.bars
        )


def overview(report: Report) -> Overview:
    """Bars on one scale: the longest is as wide as the drawing."""
    most = max((count.total for count in report.by_system), default=1) or 1
    unit = (WIDTH - LEFT - 36) / most
    levels = [level for level, _ in report.levels]
    bars = tuple(
        Bar(count.label, 4 + index * ROW, count.total, tuple(_segments(levels, count.numbers, unit)))
        for index, count in enumerate(report.by_system)
    )
    return Overview(WIDTH, 4 + len(bars) * ROW, HEIGHT, LEFT, bars)


def _segments(levels: list[str], numbers: tuple[int, ...], unit: float) -> Iterator[Segment]:
    x = float(LEFT)
    for level, number in zip(levels, numbers, strict=True):
        if number:
            yield Segment(level, number, round(x, 1), round(number * unit, 1))
        x += number * unit
