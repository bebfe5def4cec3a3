"""Takes the steps of a deed in a simulated Discord and gathers what a person meets."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.load import SHIPPED_FOLDER, load_record
from corpus.match import answer_query
from tests.bot.conditions import Condition
from tests.bot.deeds import ID, PREVIEW, REASON, ROLE, Deed
from tests.bot.places import run_sql
from tests.bot.test_admin import give
from tests.bot.wheres import Person
from tests.bot.world import KNOWN_QUERY, World, read, texts


@dataclass(frozen=True, slots=True)
class Met:
    """What a person meets: all words, how many embeds, what is offered to one who types."""

    told: str = ""
    embeds: int = 0
    acknowledged: bool = False
    is_private: bool | None = None
    """None where a message was changed, or where nothing was sent."""
    offered: list[str] = field(default_factory=list)
    left: frozenset[str] = frozenset()
    """The names of the files in the folder of transcripts afterwards."""


@dataclass(frozen=True, slots=True)
class Files:
    """Transcripts, their record, that of revised ones, and that without those which are quoted."""

    folder: Path
    record: Path
    revised: Path
    without: Path


def make_files(at: Path) -> Files:
    """Eight transcripts, of which a list has pages."""
    folder = Path(shutil.copytree(SHIPPED_FOLDER, at / "transcripts"))
    for number in range(6):
        told = PREVIEW.replace(b"so", b"so, I say %d times" % number)
        (folder / f"{number}.txt").write_bytes(told)
    load_record(at / "record.db", [folder])
    changed = {"revised.db": _revise, "without.db": _take_off}
    for name, change in changed.items():
        shutil.copy(at / "record.db", at / name)
        other = Path(shutil.copytree(folder, at / "other"))
        change(other)
        load_record(at / name, [other])
        shutil.rmtree(other)
    return Files(folder, at / "record.db", *(at / name for name in changed))


def _revise(folder: Path) -> None:
    for file in folder.glob("0*_*.txt"):
        file.write_bytes(file.read_bytes().replace(b"Bottom line,", b"Well,") + b"\n")


def _take_off(folder: Path) -> None:
    for file in folder.glob("0*_*"):
        file.unlink()


@dataclass
class Stage:
    """A person in a world, whose files are as they were before each deed."""

    world: World
    person: Person
    files: Files
    folder: Path
    first: str = ""
    """The id of the quote that answers the known query."""

    @property
    def record(self) -> Path:
        return self.world.client.record.path

    def put_in_place(self, record: Path) -> None:
        """Let another record serve."""
        part = self.record.with_suffix(".part")
        shutil.copy(record, part)
        part.replace(self.record)

    @property
    def state(self) -> Path:
        place = self.world.client.settings.state
        assert isinstance(place, Path)
        return place

    @property
    def kept(self) -> Path:
        return self.state.with_name("kept.db")

    def prepare(self, *, plain: bool) -> None:
        """Let somebody have flagged the first quote, and three have asked in vain."""
        client, state = self.world.client, self.world.client.state
        self.first = answer_query(client.record, KNOWN_QUERY).matches[0].quote.id
        state.flag(7, self.first, "words", KNOWN_QUERY)
        for anybody in (7, 8, 9):
            state.note_unanswered(anybody, "When will the railway open?")
        if plain:
            state.choose_plain(self.person.actor.id, True)
        run_sql(self.state, "VACUUM INTO ?", str(self.kept))

    def reset(self) -> None:
        """Make all as it was prepared."""
        self.put_in_place(self.files.record)
        shutil.rmtree(self.folder)
        shutil.copytree(self.files.folder, self.folder)
        for written in self.state.parent.glob(f"{self.state.name}-*"):
            written.unlink()
        shutil.copy(self.kept, self.state)
        give(self.world, curators=frozenset({self.person.actor.id}))
        self.world.client.standing.refresh()

    async def drive(self, deed: Deed, condition: Condition) -> Met:
        """Take all steps, the last under the condition."""
        self.reset()
        last = None
        for press in (None, *deed.presses)[:-1] if deed.presses else ():
            last = await self._step(deed, press, last)
        if condition.after_restart:
            await self.world.restart()
        with condition.during(self):
            if deed.typed:
                offered = await self.person.type(deed.opening, deed.typed, "")
                return Met(offered=offered, left=_names(self.folder))
            last = await self._step(deed, deed.presses[-1] if deed.presses else None, last)
        return replace(_gather(last), left=_names(self.folder))

    async def _step(self, deed: Deed, press: str | None, last: Any) -> Any:
        if press is None:
            return await self._open(deed)
        if press == "reason":
            return await self.person.send_in(last, REASON)
        sent = [each for each in (last.response, *last.followups) if each is not None]
        for message in sent:
            for name in _buttons(message):
                if name.startswith(f"{press}:"):
                    return await self.person.press(message, name)
        raise AssertionError(f"no button “{press}” below {[texts(each) for each in sent]}")

    async def _open(self, deed: Deed) -> Any:
        if "text" in deed.options:
            return await self.person.choose(deed.opening, deed.options["text"])
        return await self.person.use(deed.opening, self._given(deed.options))

    def _given(self, options: Mapping[str, Any]) -> dict[str, Any]:
        meant = {ID: self.first, ROLE: self.world.guild.default_role}
        return {
            name: meant.get(each, each) if isinstance(each, str) else each
            for name, each in options.items()
        }


def _names(folder: Path) -> frozenset[str]:
    return frozenset(each.name for each in folder.iterdir())


def _buttons(message: Any) -> list[str]:
    rows = [row["components"] for row in message.components]
    return [each["custom_id"] for row in rows for each in row if each.get("custom_id")]


def _gather(result: Any) -> Met:
    sent = [each for each in (result.response, *result.followups) if each is not None]
    told = [texts(each) for each in sent]
    if result.modal:
        told.append(result.modal["title"])
    return Met(
        read("\n".join(told)),
        sum(len(each.embeds) for each in sent),
        result.acknowledged,
        sent[0].ephemeral if sent else None,
    )
