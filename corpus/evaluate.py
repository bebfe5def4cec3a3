"""How good the replies are: queries with known answers are asked, and what comes back is counted.

A match is right when its quote overlaps the gold; "right exchange" when any of its answer does.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OnrecordError, QueryError
from corpus.match import answer_query, rank_matches
from corpus.model import Match, Outcome, OutcomeKind, Transcript
from corpus.record import Record
from corpus.store import Reader

ALL = "all"


class QuestionFileError(OnrecordError):
    """A file of queries with gold answers is written wrongly."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands: raw lines (1-based, inclusive), or wherever a phrase stands."""

    file: str
    lines: tuple[int, int] | None = None
    phrase: str | None = None

    @property
    def place(self) -> str:
        """The lines or the phrase, as a person is told of them."""
        return f"lines {self.lines[0]}–{self.lines[1]}" if self.lines else f"“{self.phrase}”"


@dataclass(frozen=True, slots=True)
class Case:
    """A query with its gold; none where nothing on record answers it."""

    name: str
    query: str
    kind: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a query got: which of the first three were right, and what was decided."""

    case: Case
    outcome: OutcomeKind
    right: tuple[bool, ...]
    right_exchange: tuple[bool, ...]
    first: Match | None
    ms: float

    @property
    def is_wrong(self) -> bool:
        """Whether a person would be misled or left without the answer that is first on record."""
        return not any(self.right[:1]) if self.case.gold else self.outcome == "quoted"


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one kind of query; shares are 0 to 1, None where there is nothing to count.

    ``right_first`` and ``right_in_three`` judge the ranking, ``told_nothing`` is the share of
    answerable queries for which it isn't shown (of a kind without answers, the share that is told
    so, rightly). ``coverage`` is the share of answerable queries quoted right; ``wrong_quotes`` the
    share of wrong ones among the answerable queries' quotes; ``false_quotes`` how many of the
    unanswerable were quoted.
    """

    kind: str
    answerable: int
    unanswerable: int
    right_first: float | None
    right_in_three: float | None
    right_exchange_first: float | None
    right_exchange_in_three: float | None
    told_nothing: float | None
    coverage: float | None
    wrong_quotes: float | None
    false_quotes: int


@dataclass(frozen=True, slots=True)
class Report:
    """The scores by kind, the last of them over all; milliseconds a query; the wrong ones."""

    scores: tuple[Score, ...]
    ms_p50: float
    ms_p99: float
    wrong: tuple[Judged, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """The rows of a file of queries: JSON lines with ``query`` and ``gold``.

    Raises:
        QuestionFileError: with file and line.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise QuestionFileError(f"{path}: can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{path}: is not UTF-8 text; save it as UTF-8.") from error
    cases = [
        _read_case(f"{path.name}, line {number}", number, line)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not cases:
        raise QuestionFileError(f"{path}: holds no queries; write one JSON object a line.")
    return tuple(cases)


def _read_case(place: str, number: int, line: str) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        problem = f"{place}: is not JSON ({error.msg}, column {error.colno})."
        raise QuestionFileError(problem) from None
    if not isinstance(row, dict) or not isinstance(row.get("query"), str):
        raise QuestionFileError(f'{place}: must be an object with "query", a text, and "gold".')
    if not isinstance(row.get("gold"), list):
        raise QuestionFileError(f'{place}: "gold" must be a list; [] where nothing answers.')
    gold = tuple(_read_gold(place, each) for each in row["gold"])
    kind = str(row.get("kind") or ("answerable" if gold else "unanswerable"))
    return Case(str(row.get("id") or number), row["query"], kind, gold)


def _read_gold(place: str, row: object) -> Gold:
    wanted = '{"file", "lines": [first, last]} or {"file", "phrase"}'
    if not isinstance(row, dict) or not isinstance(row.get("file"), str):
        raise QuestionFileError(f"{place}: each gold must be {wanted}.")
    lines, phrase = row.get("lines"), row.get("phrase")
    if isinstance(lines, list) and len(lines) == 2 and all(type(n) is int for n in lines):
        if not 1 <= lines[0] <= lines[1]:
            raise QuestionFileError(f"{place}: lines are counted from 1, the first one first.")
        return Gold(row["file"], (lines[0], lines[1]))
    if isinstance(phrase, str) and phrase.strip():
        return Gold(row["file"], None, phrase)
    raise QuestionFileError(f"{place}: each gold must be {wanted}.")


def require_gold(record: Record, cases: Sequence[Case], name: str) -> None:
    """Make sure that each gold is on record; what isn't would be counted as not found.

    Args:
        record: the record that is to be asked.
        cases: the queries with their gold.
        name: of the file that they stand in.

    Raises:
        QuestionFileError: a file is not on record, or holds no such lines or phrase.
    """
    with record.reading() as reader:
        keys = {Path(stored.source.file).name: stored.key for stored in reader.transcripts()}
        finder = GoldFinder(reader)
        for case, gold in [(each, gold) for each in cases for gold in each.gold]:
            key = keys.get(Path(gold.file).name)
            if key is None:
                problem = "is not on record; load it, or name its folder with --documents"
                raise QuestionFileError(f"{name}, query {case.name}: {gold.file} {problem}.")
            if not finder.has_gold(key, gold):
                problem = f"{gold.file} has no {gold.place}"
                raise QuestionFileError(f"{name}, query {case.name}: {problem}.")


def evaluate(
    record: Record,
    cases: Sequence[Case],
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Ask all queries and count what comes back.

    Args:
        record: the record to ask.
        cases: the queries.
        progress: told the query, how many are done and how many there are.
    """
    judge = _Judge(record)
    judged: list[Judged] = []
    for done, case in enumerate(cases, 1):
        judged.append(judge.ask(case))
        if progress:
            progress(case.query, done, len(cases))
    kinds = dict.fromkeys(case.kind for case in cases)
    scores = [_count(kind, [each for each in judged if each.case.kind == kind]) for kind in kinds]
    times = sorted(each.ms for each in judged)
    return Report(
        (*scores, _count(ALL, judged)),
        statistics.median(times) if times else 0.0,
        times[min(len(times) - 1, int(len(times) * 0.99))] if times else 0.0,
        tuple(each for each in judged if each.is_wrong),
    )


class _Judge:
    """Asks queries and tells whether what comes back is right."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.transcripts: dict[int, Transcript] = {}

    def ask(self, case: Case) -> Judged:
        try:
            outcome = answer_query(self.record, case.query)
        except QueryError:
            outcome = Outcome(case.query, "nothing")
        ranked = outcome.matches
        if case.gold and not ranked:
            ranked = self._ranked_anyway(case.query)
        with self.record.reading() as reader:
            finder = GoldFinder(reader, self.transcripts)
            spans = [(match.exchange_id, match.quote.start, match.quote.end) for match in ranked]
            right = tuple(finder.is_right(*span, case.gold) for span in spans)
            exchange = tuple(finder.holds_gold(number, case.gold) for number, _, _ in spans)
        first = ranked[0] if ranked else None
        return Judged(case, outcome.kind, right, exchange, first, outcome.ms)

    def _ranked_anyway(self, query: str) -> tuple[Match, ...]:
        """The ranking is measured apart from the decision to show it."""
        try:
            return rank_matches(self.record, query)
        except QueryError:
            return ()


class GoldFinder:
    """Tells whether a span, or an exchange, of one record overlaps the gold of a query."""

    def __init__(self, reader: Reader, transcripts: dict[int, Transcript] | None = None) -> None:
        """``transcripts`` are those read so far, by key; those that are needed are added."""
        self.reader = reader
        self.transcripts = {} if transcripts is None else transcripts

    def is_right(self, exchange_id: int, start: int, end: int, gold: Sequence[Gold]) -> bool:
        """Whether a quote of an exchange overlaps the gold."""
        if not gold:
            return False
        transcript = self._transcript(self.reader.exchange(exchange_id)[0])
        return any(_overlaps(transcript, start, end, each) for each in gold)

    def holds_gold(self, exchange_id: int, gold: Sequence[Gold]) -> bool:
        """Whether any of an exchange's answer overlaps the gold."""
        if not gold:
            return False
        key, exchange = self.reader.exchange(exchange_id)
        transcript = self._transcript(key)
        turns = [transcript.turns[at] for at in exchange.answers]
        return any(_overlaps(transcript, t.start, t.end, each) for t in turns for each in gold)

    def has_gold(self, key: int, gold: Gold) -> bool:
        """Whether a transcript has the gold's lines or phrase at all."""
        transcript = self._transcript(key)
        return _overlaps(transcript, 0, len(transcript.text), gold)

    def _transcript(self, key: int) -> Transcript:
        if key not in self.transcripts:
            self.transcripts[key] = self.reader.transcript(key)
        return self.transcripts[key]


def _overlaps(transcript: Transcript, start: int, end: int, gold: Gold) -> bool:
    """Whether the span overlaps the gold's lines, or an occurrence of its phrase."""
    if Path(transcript.source.file).name != Path(gold.file).name:
        return False
    if gold.lines is not None:
        line = transcript.line_map.line
        return line(start) <= gold.lines[1] and line(end - 1) >= gold.lines[0]
    pattern = r"\s+".join(re.escape(word) for word in (gold.phrase or "").split())
    found = re.finditer(pattern, transcript.text)
    return any(each.start() < end and start < each.end() for each in found)


def _count(kind: str, judged: Sequence[Judged]) -> Score:
    answerable = [each for each in judged if each.case.gold]
    others = [each for each in judged if not each.case.gold]
    quoted = [each for each in answerable if each.outcome == "quoted"]
    return Score(
        kind=kind,
        answerable=len(answerable),
        unanswerable=len(others),
        right_first=_share(answerable, lambda each: any(each.right[:1])),
        right_in_three=_share(answerable, lambda each: any(each.right[:3])),
        right_exchange_first=_share(answerable, lambda each: any(each.right_exchange[:1])),
        right_exchange_in_three=_share(answerable, lambda each: any(each.right_exchange[:3])),
        told_nothing=_share(answerable or others, lambda each: each.outcome == "nothing"),
        coverage=_share(answerable, lambda each: each.outcome == "quoted" and any(each.right[:1])),
        wrong_quotes=_share(quoted, lambda each: not any(each.right[:1])),
        false_quotes=sum(each.outcome == "quoted" for each in others),
    )


def _share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float | None:
    return sum(map(test, judged)) / len(judged) if judged else None
