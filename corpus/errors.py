"""What can go wrong, as one tree.

OnrecordError                a sentence for the person, never a traceback
├── TranscriptError          one document can't be used: file, line, what, what to do
│   ├── StyleError           no house style claims it, or more than one does
│   ├── MetadataError        its title, date, speakers … are written wrongly
│   └── ParseError           its text can't be split into turns
├── RecordError              the stored record can't be read or written
│   ├── OlderRecordError     an older version made it; a load makes it anew
│   ├── AlteredTextError     a stored text is not the one that was loaded
│   └── UnknownIdError       no quote or transcript on record has this id
├── WithdrawnError           a curator took this quote out of everything that is shown
├── QueryError               a query (or a filter) that can't be searched for
└── SettingsError            a setting is missing or wrong: its name and what to set
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that are told to a person; ``str()`` is the sentence to show."""


class TranscriptError(OnrecordError):
    """A document that can't be used.

    Args:
        file: name of the file, as the curator knows it.
        problem: what is wrong and what to do, one sentence without the place.
        line: 1-based line of the raw file, or None where the whole file is meant.
    """

    def __init__(self, file: str, problem: str, line: int | None = None) -> None:
        self.file = file
        self.problem = problem
        self.line = line
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {problem}")


class StyleError(TranscriptError):
    """No house style claims the document, or more than one does."""


class MetadataError(TranscriptError):
    """The document's metadata are written wrongly."""


class ParseError(TranscriptError):
    """The document's text can't be split into turns."""


class RecordError(OnrecordError):
    """The stored record can't be read or written."""


class OlderRecordError(RecordError):
    """The record was made by an older version and is made anew by a load."""


class AlteredTextError(RecordError):
    """A stored text is not the one that was loaded; nothing is quoted from it."""


class UnknownIdError(RecordError):
    """No quote or transcript on record has this id."""


class WithdrawnError(OnrecordError):
    """A curator took this quote out of everything that is shown."""


class QueryError(OnrecordError):
    """A query or a filter that can't be searched for."""


class SettingsError(OnrecordError):
    """A setting is missing or wrong."""
