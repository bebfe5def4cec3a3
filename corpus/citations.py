"""A quote's citation in the forms that writers and their tools take.

Nothing is inferred: no name is inverted into initials, and what is not known is left out or, where
the form demands a value, said to be unknown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from corpus.card import name_speaker
from corpus.model import Quote, Source
from corpus.text import fold_space

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\*_`[]<>#~|"})


def cite_text(quote: Quote) -> str:
    """Plain text: the quote, who, what was published where, when, the address."""
    source = quote.citation.source
    parts = [
        name_speaker(quote.citation),
        *_published(source),
        f"{source.date:%-d %B %Y}" if source.date else "date not recorded",
        quote.citation.link or source.url,
    ]
    return f"“{fold_space(quote.text)}” — {', '.join(part for part in parts if part)}"


def cite_markdown(quote: Quote) -> str:
    """Markdown: a block quote and a line with a linked title."""
    source = quote.citation.source
    title = (fold_space(source.title) if source.title else source.file).translate(_MARKDOWN)
    link = quote.citation.link or source.url
    named = f"[{title}](<{link}>)" if link else title
    rest = [part.translate(_MARKDOWN) for part in _published(source, title=False)]
    date = f"{source.date:%-d %B %Y}" if source.date else "date not recorded"
    speaker = name_speaker(quote.citation).translate(_MARKDOWN)
    words = fold_space(quote.text).translate(_MARKDOWN)
    return f"> {words}\n>\n> — {', '.join([speaker, named, *rest, date])}"


def cite_apa(quote: Quote) -> str:
    """APA, 7th edition: the publisher as author of a transcript, the speaker in the text."""
    source = quote.citation.source
    author = source.publisher or source.outlet or quote.citation.speaker
    date = f"{source.date:%Y, %B} {source.date.day}" if source.date else "n.d."
    year = f"{source.date.year}" if source.date else "n.d."
    title = f"{fold_space(source.title)} " if source.title else ""
    address = f" {source.archive_url or source.url}" if source.url or source.archive_url else ""
    return (
        f"{author.rstrip('.')}. ({date}). {title}[Transcript].{address}\n\n"
        f"“{fold_space(quote.text)}” ({quote.citation.speaker}, as cited in {author}, {year})"
    )


def cite_bibtex(quote: Quote) -> str:
    """BibTeX: an entry of type ``misc``, the quote as its note."""
    source = quote.citation.source
    note = f"“{fold_space(quote.text)}” — {name_speaker(quote.citation)}"
    stated = {
        "author": source.publisher,
        "title": source.title and fold_space(source.title),
        "howpublished": source.outlet,
        "address": source.place,
        "note": note,
    }
    lines = [f"  {name} = {{{{{_in_bibtex(text)}}}}}" for name, text in stated.items() if text]
    if source.date:
        day = {"year": source.date.year, "month": source.date.month, "day": source.date.day}
        lines += [f"  {name} = {{{number}}}" for name, number in day.items()]
    if link := quote.citation.link or source.url:
        lines.append(f"  url = {{{link}}}")
    return "\n".join([f"@misc{{onrecord-{quote.id},", ",\n".join(lines), "}"])


def cite_ris(quote: Quote) -> str:
    """RIS, as reference managers import it."""
    source = quote.citation.source
    stated = (
        ("TY", "GEN"),
        ("AU", quote.citation.speaker),
        ("TI", source.title and fold_space(source.title)),
        ("PB", source.publisher),
        ("T2", source.outlet),
        ("CY", source.place),
        ("DA", source.date and f"{source.date:%Y/%m/%d}"),
        ("PY", source.date and f"{source.date.year}"),
        ("UR", quote.citation.link or source.url),
        ("AB", fold_space(quote.text)),
        ("ID", quote.id),
    )
    return "\n".join([f"{tag}  - {text}" for tag, text in stated if text] + ["ER  - "])


def cite_json_ld(quote: Quote) -> str:
    """JSON-LD: a schema.org ``Quotation``; its text is verbatim, white space and all."""
    source, citation = quote.citation.source, quote.citation
    whole = {
        "@type": "CreativeWork",
        "name": source.title,
        "datePublished": source.date and source.date.isoformat(),
        "url": source.url,
        "archivedAt": source.archive_url,
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        "inLanguage": source.language,
        "license": source.licence,
    }
    speaker = {"@type": "Person", "name": citation.speaker, "jobTitle": citation.role}
    told = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "identifier": quote.id,
        "text": quote.text,
        "creator": _stated(speaker),
        "url": citation.link,
        "isPartOf": _stated(whole),
    }
    return json.dumps(_stated(told), ensure_ascii=False, indent=2)


FORMS: dict[str, tuple[str, str, Callable[[Quote], str]]] = {
    "text": ("Plain text", "txt", cite_text),
    "markdown": ("Markdown", "md", cite_markdown),
    "apa": ("APA", "txt", cite_apa),
    "bibtex": ("BibTeX", "bib", cite_bibtex),
    "ris": ("RIS", "ris", cite_ris),
    "jsonld": ("JSON-LD", "jsonld", cite_json_ld),
}
"""The forms by name: what people call it, the ending of its files, and what makes it."""


def _published(source: Source, *, title: bool = True) -> list[str]:
    named = [source.title if title else None, source.publisher, source.outlet, source.place]
    return [fold_space(part) for part in named if part]


def _in_bibtex(text: str) -> str:
    return text.translate(_BIBTEX)


def _stated(told: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if value}
