"""Turns -> exchanges: a question and its answer, and statements that answer no question."""

from __future__ import annotations

from itertools import groupby

from corpus.model import Exchange, Transcript


def pair_turns(transcript: Transcript) -> tuple[Exchange, ...]:
    """Pair each run of one official's turns with the run of other people's turns before it."""
    exchanges: list[Exchange] = []
    asked: tuple[int, ...] = ()
    positions = range(len(transcript.turns))
    for voice, run in groupby(positions, key=lambda at: _voice(transcript, at)):
        if voice is None:
            asked = tuple(run)
        else:
            before = exchanges[-1].questions if exchanges else ()
            exchanges.append(Exchange(asked, tuple(run), before))
    return tuple(exchanges)


def _voice(transcript: Transcript, at: int) -> str | None:
    """Who speaks as an official in a turn; None for everybody else."""
    turn = transcript.turns[at]
    return (turn.speaker or turn.label) if turn.kind == "official" else None
