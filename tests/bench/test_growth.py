"""The picture of growth is an SVG that names every system with its last median."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.bench.growth import draw_growth

SVG = "{http://www.w3.org/2000/svg}"


def test_every_system_has_a_line_and_its_name():
    figures = {
        "onrecord": {1_000: (5.0, 8.0), 1_000_000: (26.8, 61.9)},
        "a < b": {1_000: (4.5, 5.7)},
        "another": {1_000: (4.6, 5.7), 1_000_000: (26.9, 30.0)},
    }
    drawn = ElementTree.fromstring(draw_growth(figures))  # noqa: S314 - our own
    texts = {text.text or "": text for text in drawn.iter(f"{SVG}text")}
    assert {"onrecord, 27 ms", "a < b, 4.5 ms", "another, 27 ms"} <= texts.keys()
    heights = [float(texts[name].get("y", 0)) for name in ("onrecord, 27 ms", "another, 27 ms")]
    assert abs(heights[0] - heights[1]) >= 15
    assert len(list(drawn.iter(f"{SVG}polyline"))) == 3
