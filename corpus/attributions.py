"""Whom a message puts words to: names before and after a quotation, as they are written there."""

from __future__ import annotations

import re

from corpus.english import read_list
from corpus.words import STOP_WORDS

OUTER = " \t\r\n"  # around a quotation or a name

_INSTITUTIONS = read_list("institutions")
_NAME_WORD = (
    r"(?:(?:[A-Z]\.)+|(?:M[rR][sS]?|M[sS]|D[rR]|Sec|Gen|Sen|Gov|Rep|St|Amb|Pres)\."
    r"|[A-ZÀ-ÞА-Я][\w’'\-]*)"
)
_NAME = rf"(?<![@\w]){_NAME_WORD}(?:[ \u00a0]+(?:of|the|de|van|von|der|{_NAME_WORD}))*"
_SAYS = (
    r"(?:said|says|say|told|tells|stated|states|added|adds|claimed|claims|replied|replies|answered|"
    r"admitted|admits|confirmed|confirms|argued|promised|vowed|tweeted|posted|lied|"
    r"wrote|announced|declared|insisted|warned|noted|explained|saying|is quoted as saying|"
    r"on record)"
)
_NOT_FIRST = re.compile(
    r"(?:As|And|But|When|Then|So|Even|That|Where|Because|While|After|Like|Here|Did|Has|Had|Is|On|In|"
    r"At|For|From|With|Today|Yesterday|Earlier|Later|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)"
    r"[ \u00a0]+"
)
_NOT_A_NAME = re.compile(
    r"(?:breaking|just in|update|quote|quotes|news|source|sources|edit|re|fyi|til|psa|fact check|"
    r"claim|claimed|true|false|real|fake|note|ps|also|but|and|so|he|she|they|it|we|you|i|who|this|"
    r"that|the|lol|lmao|btw|wow|ok|okay|yes|no|today|yesterday|q|a|question|answer|transcript|link|via|"
    r"here|then|now|when|what|why|how|tweet|caption|title|headline|summary|context|verbatim|"
    r"exact words)",
    re.IGNORECASE,
)
_LABELS = frozenset(("QUESTION", "Q"))  # as transcripts print them
_DATED = r"(?:,? (?:in )?\(?(?:[A-Z][a-z]+\.? )?(?:\d{1,2},? )?\d{4}\)?)?"  # " (May 2022)"
# "Blinken (May 2022): " before what he says.
LEADING = re.compile(
    rf"^\s*(?P<name>{_NAME})(?P<dated>{_DATED})\s*(?:\([^()]{{1,60}}\)\s*)?:\s+(?=\S)"
)
_COLON = re.compile(rf"(?P<name>{_NAME}){_DATED}\s*(?:\([^()]{{1,60}}\)\s*)?:$")
_VERB = re.compile(rf"\b(?:{_SAYS}|[Aa]ccording to (?P<name>{_NAME}))\b")
_AUXILIARY = re.compile(
    r"(?:,[^,]{1,60},)?\s*(?:\b(?:has|had|have|just|also|once|then|even|literally|actually)\s*)*$"
)
_CLAUSE_END = re.compile(r"[!?\n;]|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr))(?<!\bMrs)\.(?=\s)")
# "and he added" between two quotations.
SAME_PERSON = re.compile(rf"[\s,.]*(?:(?:and|but|then) )?(?:he|she|they|{_SAYS})\b", re.IGNORECASE)
_AFTER_SAYS = re.compile(
    rf"^[\s,.]*(?:(?:the |then |former )*{_SAYS}\s+(?P<said>{_NAME})"
    rf"|(?P<name>{_NAME})(?:,[^,.\n]{{1,80}},)?\s+(?:has |had |just |also )*{_SAYS}\b)"
)
_SIGNED = re.compile(rf"^[\s,.]*(?:[-–—―~]+|\()\s*(?P<name>{_NAME})")
_ALONE = re.compile(rf"^[ \u00a0]*(?P<name>{_NAME}){_DATED}[ \u00a0]*(?:\n|$)")
# " — Blinken, 2022" after what he says.
SIGNED_AT_END = re.compile(
    rf"(?:\s[–—―~]|\n\s*[-–—―~]+|\s--|[”\"»“’']\s*[-–—―~(]+)\s*(?P<name>{_NAME})"
    r"(?:\s*[,(][^.!?\n]{0,60}|\s+\d{4})?[).]*\s*$"
)
# "Blinken told reporters that" before reported speech.
REPORTS = re.compile(
    rf"\s*(?:(?P<name>{_NAME})(?:,[^,]{{1,60}},)?|[Hh]e|[Ss]he|[Tt]hey)\s+(?:(?:has|had|just|also|once"
    rf"|then|reportedly|literally|actually)\s+)*{_SAYS}(?:\s+(?:reporters|the press|us|me))?"
    rf"(?:\s+that)?\s*[:,]?\s+(?=\S)|\s*[Aa]ccording to (?P<source>{_NAME}),?\s+(?=\S)"
)
REPORTED_WITHIN = 200  # characters from the end in which REPORTED is looked for
_BEFORE_WITHIN = 240  # characters before a quotation in which its name stands
_AFTER_WITHIN = 200  # and after it
# ", said Blinken." after it.
REPORTED = re.compile(
    rf",?\s+(?:{_SAYS}\s+(?P<said>{_NAME})|(?P<name>{_NAME})\s+{_SAYS})\s*[.!]?\s*$"
)


def is_name(name: str) -> bool:
    """Whether words with capitals name a person: "Blinken", not "BREAKING" or "The White House"."""
    words = name.casefold().split()
    if words and words[-1] in _INSTITUTIONS:
        return False
    bare = re.sub(r"[’'].*", "", name.strip())  # "I’m" is no name either
    return name in _LABELS or not (_NOT_A_NAME.fullmatch(bare) or bare.casefold() in STOP_WORDS)


def find_names_before(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Who is said to say what follows: "Blinken: ", "as Blinken, in Geneva, said, "."""
    clause = _CLAUSE_END.split(text[-_BEFORE_WITHIN:].rstrip(OUTER))[-1].strip(OUTER)
    verbs = list(_VERB.finditer(clause))
    if not verbs:
        found = _COLON.search(clause)
        return (trim_name(found["name"]) if found else None), ()
    if verbs[-1]["name"]:
        return trim_name(verbs[-1]["name"]), ()
    subject = clause[: verbs[-1].start()].rstrip(OUTER)
    named = [
        (n, n_found.end())
        for n_found in re.finditer(_NAME, subject)
        if (n := trim_name(n_found[0]))
    ]
    plain = next((n for n, end in named if _AUXILIARY.fullmatch(subject, end)), None)
    return plain, tuple(n for n, _ in reversed(named))


def trim_name(name: str) -> str | None:
    """The name without a word that only has its capital from the sentence's beginning."""
    while found := _NOT_FIRST.match(name):
        name = name[found.end() :]
    return name if name and is_name(name) and not _NOT_FIRST.fullmatch(name + " ") else None


def find_names_after(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Who signs what stands before: ", said Blinken", " — Blinken, 2022"; perhaps " Blinken"."""
    text = text[:_AFTER_WITHIN]
    alone = _ALONE.match(text)
    if alone:
        return None, tuple(filter(None, [trim_name(alone["name"])]))
    signed = _SIGNED.match(text) or _AFTER_SAYS.match(text)
    name = next(filter(None, signed.groups())) if signed else ""
    return trim_name(name.rstrip(".")), ()
