"""One inquiry into the record: the verdicts on the quotes of a message, and whose they are."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from corpus.align import Run
from corpus.alike import is_alike, is_continued, is_short, is_stitched, tell_stitch
from corpus.changes import tell_changes, tell_gaps, tell_lookalikes, tell_question
from corpus.errors import QueryError
from corpus.filters import narrow_search, tell_undated
from corpus.model import Filters
from corpus.places import MOST_PLACES, Place, find_nearest, find_places
from corpus.purported import Purported, read_quote
from corpus.quotations import (
    FEWEST_WORDS,
    Quotation,
    clean_message,
    find_attributed,
    whole_message,
)
from corpus.shown import PlaceView, is_by, tell_taken
from corpus.speakers import is_meant
from corpus.spoken_index import read_voices
from corpus.store import Reader
from corpus.strict_words import read_keys
from corpus.verdict import Verdict

LONGEST_QUOTE = 20_000  # characters; bounds memory and time
MOST_QUOTATIONS = 20  # of one message
MOST_LISTED = 50  # occurrences; more are counted


def require_words(text: str) -> None:
    """Refuse what can't be checked.

    Raises:
        QueryError: no words, or more than 20,000 characters.
    """
    if len(text) > LONGEST_QUOTE:
        problem = f"The quote has {len(text):,} characters; paste at most {LONGEST_QUOTE:,}."
        raise QueryError(problem)
    if not read_keys(text):
        raise QueryError("There are no words to check; paste the quote itself.")


class Inquiry:
    """One reading of the record for the quotes of one message."""

    def __init__(self, reader: Reader, filters: Filters) -> None:
        self.reader = reader
        self.named = filters.speaker
        narrowing, undated = narrow_search(reader.connection, replace(filters, speaker=None))
        self.transcripts = narrowing.transcripts
        self.notes = tell_undated(undated)
        self.shown = PlaceView(reader)

    # ------------------------------------------------------------ who

    def resolve(self, quotation: Quotation) -> str | None:
        """The person to whom a quotation is put: named by the filter, else by the message."""
        names = [name for name in (quotation.name, *quotation.others) if name]
        if self.named or not names:
            return self.named
        voices = read_voices(self.reader.connection)
        known = (name for name in names if any(is_meant(name, voice) for voice in voices))
        return next(known, quotation.name)

    def _fits(self, place: Place, named: str | None) -> bool:
        """Whether words at a place are the named person's, or any official's if nobody is named."""
        if named is None:
            return place.found.turn.kind == "official"
        return is_meant(named, place.found.voice)

    # ------------------------------------------------------------ judging

    def judge_all(self, quotations: Sequence[Quotation]) -> tuple[Verdict, ...]:
        """The verdicts on the quotations of a message; the last one tells of more than 20."""
        verdicts = [self.judge(q.text, self.resolve(q)) for q in quotations[:MOST_QUOTATIONS]]
        if len(verdicts) == 1 and not verdicts[0].on_record and verdicts[0].speaker is None:
            verdicts = [self.judge_attributed(quotations[0].text, verdicts[0])]
        if len(quotations) > MOST_QUOTATIONS:
            more = f"Only the first {MOST_QUOTATIONS} of {len(quotations)} quotations were checked."
            verdicts[-1] = replace(verdicts[-1], notes=(*verdicts[-1].notes, more))
        return tuple(verdicts)

    def read_whole(self, message: str) -> Quotation:
        """The whole message as one quotation, without a name that is not the transcript's own."""
        whole = whole_message(message)
        verdict = self.judge_exact(whole.text, None) if any(whole.around) else None
        if verdict and verdict.match and not self.shown.is_apart(whole, verdict.match):
            return Quotation(clean_message(message))
        return whole

    def judge_attributed(self, text: str, verdict: Verdict) -> Verdict:
        """The verdict on what a text puts to somebody, where that comes nearer than the whole."""
        nearest = verdict
        for quotation in find_attributed(text):
            if read_keys(quotation.text) in {read_keys(text), ()}:
                continue
            named = self.resolve(quotation)
            if named is None and _is_rather_quoted(quotation, verdict):
                continue
            found = replace(self.judge(quotation.text, named), quote=verdict.quote)
            if _may_go_on(quotation) and not found.by_speaker:
                continue
            match = None if found.verdict == "not_found" else found.match
            if match and self.shown.is_apart(quotation, match):
                return found
            if nearest.speaker is None and nearest.verdict == found.verdict == "not_found":
                nearest = found
        return nearest

    def judge(self, text: str, named: str | None) -> Verdict:
        """The verdict on one purported quote.

        Raises:
            QueryError: it has no words, or too many.
        """
        started = time.perf_counter()
        require_words(text)
        verdict = self.judge_exact(text, named) or self._judge_rest(text, named)
        notes = (*verdict.notes, *self.notes)
        return replace(verdict, notes=notes, ms=(time.perf_counter() - started) * 1000)

    def judge_exact(self, text: str, named: str | None) -> Verdict | None:
        """The verdict where the very words are on record; None where they are not."""
        for quote in read_quote(text):
            if is_short(quote) or quote.turns_sense():
                continue
            places, more = find_places(self.reader, quote, self.transcripts)
            if quote.gaps or quote.insertions:
                places = [place for place in places if not tell_gaps(place).hides]
            if places and not tell_gaps(places[0]).is_cut_up:
                return self._judge_places(text, places, more, named)
        return None

    def _judge_places(
        self, text: str, places: Sequence[Place], more: bool, named: str | None
    ) -> Verdict:
        fitting = [place for place in places if self._fits(place, named)]
        officials = [place for place in places if place.found.turn.kind == "official"]
        chosen = (fitting or officials or places)[0]
        told = tell_gaps(chosen)
        notes = [*told.notes, *tell_question(chosen), *tell_taken(chosen, named)]
        if more or len(places) > MOST_LISTED:
            count = f"more than {MOST_PLACES}" if more else str(len(places))
            notes.append(f"The words stand in {count} places; the first {MOST_LISTED} are listed.")
        return Verdict(
            quote=text,
            verdict="verbatim" if fitting else "other_speaker",
            match=self.shown.match(chosen, 1.0),
            around=self.shown.around(chosen),
            occurrences=self.shown.occurrences(places[:MOST_LISTED], named),
            omissions=told.omissions,
            insertions=tuple(inserted for _, inserted in chosen.quote.insertions),
            on_record=True,
            by_speaker=None if named is None else bool(fitting),
            speaker=named,
            notes=tuple(notes),
        )

    def _judge_rest(self, text: str, named: str | None) -> Verdict:
        quotes = read_quote(text)
        quote = quotes[0] if quotes[-1].turns_sense() else quotes[-1]
        if is_short(quote):
            why = f"Too short to judge: it takes at least {FEWEST_WORDS} words, or rare ones."
            return Verdict(text, "not_found", on_record=None, speaker=named, notes=(why,))
        places = find_nearest(self.reader, quote, self.transcripts)
        if places:
            chosen = self._choose(places, named)
            verdict = self._judge_nearest(text, quote, chosen, named)
            if verdict is not None:
                return verdict
        return self._not_found(text, quote, places, named)

    def _choose(self, places: Sequence[Place], named: str | None) -> Place:
        """The nearest place, or one as near whose speaker fits."""
        best = places[0].score
        level = [place for place in places if place.score >= best - 0.5]
        return next((place for place in level if self._fits(place, named)), places[0])

    # ------------------------------------------------------------ nearly

    def _judge_nearest(
        self, text: str, quote: Purported, chosen: Place, named: str | None
    ) -> Verdict | None:
        """*Altered*, if the quote has enough of the words at a place, or at two; else None."""
        alignment = chosen.require_alignment()
        stitched = self._find_stitched(quote, chosen, alignment.landmarks)
        if stitched is None and not is_alike(quote, chosen):
            stitched = self._find_stitched(quote, chosen, alignment.longest_landmark)
            if stitched is None:
                return None
        chosen, others = stitched or (chosen, [])
        if len(others) == 1 and is_continued(chosen, others[0]):
            return self._judge_continued(text, chosen, others[0], named)
        told = tell_changes(chosen)
        notes = [tell_stitch(chosen, others)] if others else []
        notes += [*tell_taken(chosen, named), *tell_lookalikes(told.differences)]
        if chosen.found.turn.kind != "official":
            notes.append("The closest real words are not an official's.")
        return Verdict(
            quote=text,
            verdict="altered",
            match=self.shown.match(chosen, alignment.matched / len(quote.words)),
            around=self.shown.around(chosen),
            differences=told.differences,
            occurrences=self.shown.occurrences((chosen, *others), named) if others else (),
            omissions=told.omissions,
            insertions=told.insertions,
            by_speaker=is_by(chosen, named),
            speaker=named,
            notes=tuple(notes),
        )

    def _find_stitched(
        self, quote: Purported, chosen: Place, landmarks: tuple[Run, ...]
    ) -> tuple[Place, list[Place]] | None:
        """The place without what comes from elsewhere, and where that comes from; else None."""
        alignment = replace(chosen.require_alignment(), landmarks=landmarks)
        rests = self._find_rests(quote, replace(chosen, alignment=alignment))
        others = [place for _, _, place in rests]
        stitched = is_stitched(replace(chosen, alignment=alignment), others)
        for first, last, _ in rests:
            alignment = alignment.without(first, last)
        own = replace(chosen, alignment=alignment)
        is_whole = len(others) == 1 and is_continued(own, others[0])
        return (own, others) if stitched or is_whole else None

    def _find_rests(self, quote: Purported, chosen: Place) -> list[tuple[int, int, Place]]:
        """Those stretches of a quote that come from elsewhere, and from where."""
        found: list[tuple[int, int, Place]] = []
        same = (chosen.found.transcript, chosen.found.position)
        rests = chosen.require_alignment().find_rests(len(quote.words), FEWEST_WORDS)
        for first, last in rests:
            rest = quote.part(first, last)
            places, _ = find_places(self.reader, rest, self.transcripts)
            if places:
                found.append((first, last, min(places, key=lambda p: _distance(p, same))))
        return found

    def _judge_continued(self, text: str, one: Place, other: Place, named: str | None) -> Verdict:
        """*Verbatim* over two turns in a row of one speaker, with nobody's words between."""
        ordered = sorted((one, other), key=lambda place: place.found.position)
        longer = max(one, other, key=lambda place: place.matched)
        fits = self._fits(longer, named)
        return Verdict(
            quote=text,
            verdict="verbatim" if fits else "other_speaker",
            match=self.shown.match(longer, 1.0),
            around=self.shown.around(longer),
            occurrences=self.shown.occurrences(ordered, named),
            on_record=True,
            by_speaker=is_by(longer, named),
            speaker=named,
            notes=("The words run over two turns in a row of the same speaker.",),
        )

    def _not_found(
        self, text: str, quote: Purported, places: Sequence[Place], named: str | None
    ) -> Verdict:
        notes = self._tell_outside(quote)
        match = None
        for place in places[:1]:
            alignment = place.require_alignment()
            share = alignment.matched / len(quote.words)
            if alignment.longest >= FEWEST_WORDS and share >= 0.4:
                match = self.shown.match(place, share)
                notes.append(
                    "The nearest words on record are others; they are shown for comparison."
                )
        return Verdict(text, "not_found", match, by_speaker=None, speaker=named, notes=tuple(notes))

    def _tell_outside(self, quote: Purported) -> list[str]:
        """Where the very words stand that the filters leave out."""
        outside = self.transcripts is not None and find_places(self.reader, quote, None)[0]
        if not outside:
            return []
        source = self.shown.match(outside[0], 1.0).quote.citation.source
        date = f" of {source.date:%-d %B %Y}" if source.date else ""
        where = f"{source.title or source.file}{date}"
        return [f"Outside of what you narrowed to, the very words are in {where}."]


def _is_rather_quoted(quotation: Quotation, whole: Verdict) -> bool:
    """Whether the words after a quotation belong to it rather than being a comment of the message.

    They do where the whole is nearly on record, and where they are not at least two and fewer than
    the quotation's: a last word may have been exchanged in a quote that itself quotes somebody.
    """
    comment = len(read_keys(quotation.around[1]))
    is_comment = 2 <= comment < len(read_keys(quotation.text)) and whole.verdict == "not_found"
    return comment > 0 and not is_comment


def _may_go_on(quotation: Quotation) -> bool:
    """Whether what is taken for a signature may as well be how the quote goes on: "so — Putin"."""
    return bool(quotation.around[1]) and quotation.text[-1:] not in ".!?…”\"»’'"


def _distance(place: Place, same: tuple[int, int]) -> tuple[bool, int]:
    found = place.found
    return found.transcript != same[0], abs(found.position - same[1])
