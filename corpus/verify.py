"""Did they really say this? A purported quote -> verbatim, altered, other_speaker or not_found.

*Verbatim* needs every word in its order in one turn of an official (or of the person named). What
is nearly so is *altered*, with each difference; that the words are on record and that they are the
named person's are two statements.
"""

from __future__ import annotations

from corpus.inquiry import Inquiry, require_words
from corpus.model import Filters
from corpus.quotations import FEWEST_WORDS, find_quotations
from corpus.record import Record
from corpus.strict_words import read_keys
from corpus.verdict import Verdict


def verify_quote(record: Record, quote: str, filters: Filters = Filters()) -> Verdict:  # noqa: B008
    """Judge one purported quote.

    A name before or after it and a link, "Blinken: “…” https://…", are understood as in a message.

    Args:
        record: what it is held against.
        quote: the words, as given; gaps and insertions marked as usual.
        filters: narrow the record; ``speaker`` is the person to whom the quote is put.

    Raises:
        QueryError: no words, more than 20,000 characters, or a filter that fits nothing.
    """
    with record.reading() as reader:
        inquiry = Inquiry(reader, filters)
        verdict = inquiry.judge(quote, filters.speaker)
        return verdict if verdict.on_record else inquiry.judge_attributed(quote, verdict)


def verify_message(
    record: Record,
    message: str,
    filters: Filters = Filters(),  # noqa: B008
) -> tuple[Verdict, ...]:
    """Judge the quotations of a pasted message, in order; at most 20 of them.

    The whole message is one quotation if it has no quotation marks, or if it is on record as it
    stands. A name before or after a quotation is the person to whom it is put, unless
    ``filters.speaker`` names one.

    Raises:
        QueryError: as ``verify_quote``.
    """
    require_words(message)
    with record.reading() as reader:
        inquiry = Inquiry(reader, filters)
        whole = inquiry.read_whole(message)
        quotations = find_quotations(message)
        if len(quotations) == 1 and any(quotations[0].around):
            quotations = (whole,)
        if len(quotations) != 1 or quotations[0].text != whole.text:
            verdict = inquiry.judge_exact(whole.text, inquiry.resolve(whole))
            if verdict is not None:
                return (verdict,)
        if all(len(read_keys(each.text)) < FEWEST_WORDS for each in quotations):
            longer = len(read_keys(whole.text)) >= 2 * FEWEST_WORDS
            quotations = (whole,) if longer else quotations
        return inquiry.judge_all(quotations)
