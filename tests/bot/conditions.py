"""What may be the case while people use the bot, and what they may expect then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.client import BUSY
from tests.bot.deeds import REASON, Deed
from tests.bot.test_admin import give

if TYPE_CHECKING:
    from tests.bot.stage import Met, Stage

KEPT_NOTHING = "can't be kept or looked up at the moment"


@dataclass(frozen=True, slots=True)
class Condition:
    """What is the case during the last step of a deed; ``expected`` are the words read then.

    ``after_restart``: another process takes the last step than took those before.
    """

    during: Callable[[Stage], AbstractContextManager[None]] = lambda _: nullcontext()
    expected: Callable[[Deed], str] = lambda deed: deed.told
    after_restart: bool = False
    plain: bool = False
    since: bool = False
    """Whether it is about what old buttons lead to, which concerns no others."""
    allowed: bool = True
    refused: str = ""
    """Which of the bot's requests Discord refuses: “acknowledgement”, “reply”, “all replies”."""

    def judge(self, deed: Deed, met: Met) -> Iterator[str]:
        """What is not as people may expect it."""
        words = "" if deed.typed else self.expected(deed)
        if words and words.casefold() not in met.told.casefold():
            yield f"“{words}” is not told, but: {met.told[:300]!r}"
        if "went wrong" in met.told:
            yield f"told: {met.told[:300]!r}"
        if words in {KEPT_NOTHING, deed.forbidden} and {"why.txt", "0.txt"} & met.left != {"0.txt"}:
            yield "the transcripts were changed all the same"
        if self.plain and met.embeds:
            yield "it has embeds"
        if words == deed.told and met.is_private not in {None, not deed.public}:
            yield f"private: {met.is_private}"
        if not self.refused and not deed.typed and not met.acknowledged:
            yield "it was not acknowledged"
        is_offered = self.allowed or not deed.forbidden
        if deed.typed and not self.refused and bool(met.offered) != is_offered:
            yield f"offered: {met.offered}"


@contextmanager
def _state_is_away(stage: Stage) -> Iterator[None]:
    """The bot's own database is where it can't be reached."""
    files = list(stage.state.parent.glob(f"{stage.state.name}*"))
    for file in files:
        file.rename(file.with_name(f"away-{file.name}"))
    yield
    for file in files:
        file.with_name(f"away-{file.name}").rename(file)


@contextmanager
def _record_is_swapped(stage: Stage) -> Iterator[None]:
    """The record gives way to a revised one and back, again and again."""
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            for each in (stage.files.revised, stage.files.record):
                stage.put_in_place(each)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        yield
    finally:
        done.set()
        swapping.join()


@contextmanager
def _quote_was_withdrawn(stage: Stage) -> Iterator[None]:
    stage.world.client.state.withdraw(7, stage.first, REASON)
    yield


@contextmanager
def _transcript_was_replaced(stage: Stage) -> Iterator[None]:
    stage.put_in_place(stage.files.revised)
    yield


@contextmanager
def _transcript_was_taken_off(stage: Stage) -> Iterator[None]:
    stage.put_in_place(stage.files.without)
    yield


def _if_withdrawn(deed: Deed) -> str:
    return f"This quote was withdrawn: {REASON}" if deed.about == "a quote" else deed.told


def _if_replaced(deed: Deed) -> str:
    if deed.presses[-1] in {"wrong", "doubt", "flag"}:
        return deed.told
    return "The transcript was replaced on"


def _if_taken_off(deed: Deed) -> str:
    return {
        "a quote": "This quote is no longer on record: its transcript was taken off.",
        "a transcript": "This transcript is no longer on record; /sources lists what is.",
        "others": "The other matches were taken off the record or withdrawn.",
    }[deed.about]


@contextmanager
def _is_forbidden(stage: Stage) -> Iterator[None]:
    """Whoever did the steps before may no longer do the last."""
    give(stage.world, curators=frozenset())
    yield


def _refusing(path: str, status: int, code: int, times: int | None) -> Condition:
    """Discord refuses what is sent there, as it does after discord.py has tried five times."""

    @contextmanager
    def during(stage: Stage) -> Iterator[None]:
        stage.world.env.inject_error("*", path, status=status, code=code, times=times)
        yield
        stage.world.env.backend.faults.clear()

    told_at_last = times is not None and status != _GONE
    what = "acknowledgement" if path.startswith("/interactions") else "reply"

    def expected(deed: Deed) -> str:
        if what == "reply" and deed.presses[-1:] == ("withdraw",):
            return deed.told  # a form is an acknowledgement itself
        return BUSY if told_at_last else ""

    return Condition(during, expected, refused=what)


_GONE = 404
_UNKNOWN_INTERACTION, _UNKNOWN_WEBHOOK = 10062, 10015

CONDITIONS: dict[str, Condition] = {
    "all is well": Condition(),
    "embeds are off": Condition(plain=True),
    "the bot was restarted": Condition(after_restart=True),
    "they may not": Condition(
        _is_forbidden, lambda deed: deed.forbidden or deed.told, allowed=False
    ),
    "state.db can't be used": Condition(
        _state_is_away, lambda deed: KEPT_NOTHING if deed.keeps else deed.told
    ),
    "the record is being swapped": Condition(
        _record_is_swapped, lambda deed: "eloaded" if deed.loads else deed.told
    ),
    "the quote was withdrawn since": Condition(_quote_was_withdrawn, _if_withdrawn, since=True),
    "the transcript was replaced since": Condition(
        _transcript_was_replaced, _if_replaced, since=True
    ),
    "the transcript was taken off since": Condition(
        _transcript_was_taken_off, _if_taken_off, since=True
    ),
    **{
        f"Discord answers {status} to the {what}": _refusing(path, status, 0, 1)
        for status in (429, 500)
        for what, path in (("acknowledgement", "/interactions/*"), ("reply", "/webhooks/*"))
    },
    "Discord answers 500 to the reply and to the sentence": _refusing("/webhooks/*", 500, 0, None),
    "Discord answers 404 to the acknowledgement": _refusing(
        "/interactions/*", _GONE, _UNKNOWN_INTERACTION, 1
    ),
    "Discord answers 404 to the reply": _refusing("/webhooks/*", _GONE, _UNKNOWN_WEBHOOK, None),
}
