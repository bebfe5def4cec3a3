"""Figures of the running bot as Prometheus reads them; needs the extra “host”."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.client import OnrecordClient
from bot.figures import BOUNDS, Figures, Timed
from bot.listen import read_health
from corpus.model import OutcomeKind
from corpus.verdict import VerdictKind

__all__ = ["CONTENT_TYPE", "render_metrics"]


def render_metrics(client: OnrecordClient) -> bytes:
    """All figures, in Prometheus's text format. It reads the record: call it off the event loop."""
    registry = CollectorRegistry()
    registry.register(_Collected([*_counted(client.figures), *_measured(client)]))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, metrics: list[Metric]) -> None:
        self.metrics = metrics

    def collect(self) -> list[Metric]:
        return self.metrics


def _counted(figures: Figures) -> Iterator[Metric]:
    kinds = (*get_args(OutcomeKind), "error")
    yield _count("asks", "Queries by outcome.", kinds, figures.asks)
    yield _measure("ask", figures.asks)
    verdicts = (*get_args(VerdictKind), "too_short", "error")
    yield _count("verdicts", "Purported quotes by verdict.", verdicts, figures.verifies)
    yield _measure("verify", figures.verifies)
    found = ("found", "nothing", "error")
    yield _count("timelines", "Topics by whether they are on record.", found, figures.timelines)
    yield _measure("timeline", figures.timelines)
    reloads = CounterMetricFamily("onrecord_reloads", "Reloads by how they ended.", labels=["end"])
    for end in ("changed", "unchanged", "failed"):
        reloads.add_metric([end], figures.reloads[end])
    yield reloads


def _count(name: str, meaning: str, outcomes: Sequence[str], timed: Timed) -> Metric:
    counted = CounterMetricFamily(f"onrecord_{name}", meaning, labels=["outcome"])
    for outcome in outcomes:
        counted.add_metric([outcome], timed.outcomes[outcome])
    return counted


def _measure(name: str, timed: Timed) -> Metric:
    bounds = [*map(str, BOUNDS), "+Inf"]
    buckets = list(zip(bounds, accumulate(timed.within), strict=True))
    meaning = f"Time to the outcome of /{name}."
    return HistogramMetricFamily(
        f"onrecord_{name}_seconds", meaning, buckets=buckets, sum_value=timed.seconds
    )


def _measured(client: OnrecordClient) -> Iterator[Metric]:
    health = read_health(client)
    told = {
        "onrecord_serving": (
            "Whether it is connected and a whole record can be read.",
            float(health.problem is None),
        ),
        "onrecord_gateway_shards": ("Connections to Discord it should have.", health.shards),
        "onrecord_gateway_connections": ("Connections that are up.", health.connections),
        "onrecord_gateway_latency_seconds": ("Time of a heartbeat.", client.latency),
        "onrecord_servers": ("Servers the bot is in.", len(client.guilds)),
        "onrecord_state_current": (
            "Whether the bot's own database could be read at the last look.",
            float(client.standing.is_current),
        ),
        "onrecord_record_transcripts": ("Transcripts on record.", health.transcripts),
    }
    if health.built_on:
        age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(health.built_on)
        told["onrecord_record_age_seconds"] = ("Time since it was built.", age.total_seconds())
    if client.record.path.exists():
        size = client.record.path.stat().st_size
        told["onrecord_record_bytes"] = ("Size of the record's file.", size)
    for name, (meaning, value) in told.items():
        if math.isfinite(value):
            yield GaugeMetricFamily(name, meaning, value=value)
