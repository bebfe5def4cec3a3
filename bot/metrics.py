"""Figures of the running bot as Prometheus reads them; needs the extra “host”."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from itertools import accumulate

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
from bot.figures import BOUNDS, Figures
from bot.listen import read_health

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
    asks = CounterMetricFamily("onrecord_asks", "Queries by outcome.", labels=["outcome"])
    for outcome in ("quoted", "closest", "nothing", "error"):
        asks.add_metric([outcome], figures.asks[outcome])
    yield asks
    bounds = [*map(str, BOUNDS), "+Inf"]
    buckets = list(zip(bounds, accumulate(figures.within), strict=True))
    yield HistogramMetricFamily(
        "onrecord_ask_seconds", "Time to an outcome.", buckets=buckets, sum_value=figures.seconds
    )
    reloads = CounterMetricFamily("onrecord_reloads", "Reloads by how they ended.", labels=["end"])
    for end in ("changed", "unchanged", "failed"):
        reloads.add_metric([end], figures.reloads[end])
    yield reloads


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
