"""Officials whom a query names, and whether it asks what they themselves said."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping

from corpus import index
from corpus.english import read_list
from corpus.lexicon import is_english

_TITLES = read_list("titles")
_SAYS = (
    r"(?:says?|said|saying|thinks?|thought|feels?|felt|believes?|claims?|claimed|reckons?|tells?|told"
    r"|mean|means|meant|answer(?:ed)?|respond(?:ed)?|explain(?:ed)?|admit(?:ted)?|promised?"
    r"|views?|opinions?|positions?|stance|words|take|talk(?:ed)? about|comment(?:ed)?)"
)


def find_names(
    connection: sqlite3.Connection, query: str, words: Mapping[str, str]
) -> dict[str, set[int]]:
    """The words of a query that name somebody who speaks on record, as typed, and who that is.

    Args:
        connection: of a record.
        query: as typed.
        words: each word of it, with what it is taken for.
    """
    spelt = {typed: _spell_name(query, typed, word) for typed, word in words.items()}
    wanted = {each for names in spelt.values() for each in names} - _TITLES
    named = index.find_named(connection, wanted)
    found = {}
    for typed, names in spelt.items():
        if officials := set().union(*(named.get(each, set()) for each in names)):
            found[typed] = officials
    return found


def _spell_name(query: str, typed: str, word: str) -> set[str]:
    """As typed and as corrected, and without the s of a possessive ("putins", "Hawke's")."""
    names = {typed, word}
    bare = typed.removesuffix("s")
    possessive = f"{bare}'s" in query.casefold().replace("’", "'")
    if bare != typed and (possessive or not is_english(typed)):
        names.add(bare)
    return names


def find_asked(query: str, names: Iterable[str]) -> dict[str, str]:
    """Of the names in a query those whose own words it asks for, each with the word that asks.

    "what did Blinken say of Lavrov" asks for Blinken's. On four of the sets that the README names
    there are 13 such queries, all answered by the one they name.
    """
    asked = {name: _find_asking(query, name) for name in names}
    return {name: word for name, word in asked.items() if word}


def _find_asking(query: str, name: str) -> str | None:
    name = rf"\b{re.escape(name.removesuffix('s'))}(?:['’]?s)?\b"
    says = rf"{name}\W+(?:\w+\W+){{0,2}}?(?P<says>{_SAYS})\b"
    credited = (
        rf"\b(?P<of>according to|(?:said|views?|opinion|words) (?:by|of|from)) (?:\w+ )?{name}"
    )
    found = re.search(f"{says}|{credited}", query, re.IGNORECASE)
    return found and (found["says"] or found["of"].split()[0]).lower()
