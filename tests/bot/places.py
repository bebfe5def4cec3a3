"""What others do to the bot's own database, in whichever place it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from bot.place import Place
from bot.state import State


@contextmanager
def opened(place: Place) -> Iterator[State]:
    """Another one, as another process opens it."""
    state = State(place)
    yield state
    state.close()


def environ_of(place: Place) -> dict[str, str]:
    """The settings that name a place."""
    if isinstance(place, Path):
        return {"ONRECORD_STATE": str(place)}
    return {"ONRECORD_STATE": place.url, "ONRECORD_STATE_KEY_FILE": str(place.key)}


def run_sql(place: Place, sql: str, *values: str) -> None:
    """What somebody does to the database who is not the bot."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as db, db:
            db.execute(sql, values)
    else:
        with psycopg.connect(place.url) as db:
            db.execute(sql.replace("?", "%s").encode(), values)


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Another process is writing."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(place.url) as other:
            other.execute("LOCK TABLE people IN EXCLUSIVE MODE")
            yield
