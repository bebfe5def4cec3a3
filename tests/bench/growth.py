"""A picture of how long finding takes on records of growing size, without a library to draw it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape

WIDTH, HEIGHT = 780, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 230, 40, 48  # margins; names stand to the right
LEAST, MOST = 0.1, 100_000.0  # ms
OURS = "onrecord"
COLOURS = ("#d1242f", "#8250df", "#57606a", "#9a6700", "#0969da", "#1a7f37", "#bf3989")
_TITLE = "Milliseconds of processor a query (median), by exchanges on record"

Figures = Mapping[str, Mapping[int, tuple[float, float]]]


def draw_growth(figures: Figures) -> str:
    """An SVG of medians, both axes logarithmic.

    Args:
        figures: for each system, by the size of the record, p50 and p99 in milliseconds.
    """
    sizes = sorted({size for by_size in figures.values() for size in by_size})
    parts = [*_draw_axes(sizes), *_draw_lines(figures, sizes)]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' font-family="sans-serif" font-size="12">\n<title>{_TITLE}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _across(size: int, sizes: list[int]) -> float:
    low, high = math.log10(sizes[0]), math.log10(max(sizes[-1], 10 * sizes[0]))
    return LEFT + (math.log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _up(milliseconds: float) -> float:
    inside = min(MOST, max(LEAST, milliseconds))
    share = math.log10(inside / LEAST) / math.log10(MOST / LEAST)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _draw_axes(sizes: list[int]) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="22" font-size="14" fill="#1f2328">{_TITLE}</text>'
    for power in range(round(math.log10(LEAST)), round(math.log10(MOST)) + 1):
        y = _up(10.0**power)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d0d7de"/>'
        yield (
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#57606a">'
            f"{10.0**power:,g}</text>"
        )
    for size in sizes:
        yield (
            f'<text x="{_across(size, sizes):.1f}" y="{HEIGHT - BOTTOM + 22}"'
            f' text-anchor="middle" fill="#57606a">{size:,}</text>'
        )


def _draw_lines(figures: Figures, sizes: list[int]) -> Iterator[str]:
    ends = {name: by_size[max(by_size)][0] for name, by_size in figures.items()}
    places = _spread({name: _up(end) for name, end in ends.items()})
    for (name, by_size), colour in zip(figures.items(), COLOURS, strict=False):
        points = [(_across(size, sizes), _up(by_size[size][0])) for size in sorted(by_size)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        width, weight = (3, "bold") if name == OURS else (1.5, "normal")
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        yield (
            f'<text x="{points[-1][0] + 10:.1f}" y="{places[name] + 4:.1f}" fill="{colour}"'
            f' font-weight="{weight}">{escape(name)}, {_tell(ends[name])}</text>'
        )


def _tell(milliseconds: float) -> str:
    return f"{milliseconds:,.{0 if milliseconds >= 10 else 1}f} ms"


def _spread(places: Mapping[str, float]) -> dict[str, float]:
    """The places of names, moved down where one would stand on another."""
    spread: dict[str, float] = {}
    last = -math.inf
    for name, place in sorted(places.items(), key=lambda pair: pair[1]):
        last = spread[name] = max(place, last + 15)
    return spread
