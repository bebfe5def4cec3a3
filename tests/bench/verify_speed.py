"""How long a purported quote takes on a large record.

    python -m tests.bench.verify_speed [--exchanges 100000] [--quotes 300]

The record is made by recombining sentences of the documents, with one word in eight replaced, so
that pairs of words are about as rare as in so large a record of real ones. Only the tables that
verifying reads are filled. Quotes of 8 to 40 words are drawn from it, as they are and changed, each
kind of change apart; others are put together from words that nobody said in this order; and pastes
of 4,000 characters and of 26 quotations are checked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from corpus import index, store
from corpus.model import LineMap, Source, Transcript, Turn
from corpus.prepared import prepare_transcript
from corpus.record import Record
from corpus.verify import verify_message, verify_quote
from tests.bench.verify_bench import gather, read_documents
from tests.bench.verify_changes import CHANGES, Said, restyle

_EXCHANGES_EACH = 50
_REPLACED = 0.125


def make_transcript(number: int, asked: Said, said: Said, rng: random.Random) -> Transcript:
    """A transcript of 50 exchanges, each of recombined sentences of the documents."""
    pool = [word for turn in rng.choices(said.turns, k=20) for word in turn]
    text, turns = "", list[Turn]()
    for at in range(2 * _EXCHANGES_EACH):
        source, words = asked if at % 2 == 0 else said, list[str]()
        for _ in range(rng.randint(1, 3) if at % 2 == 0 else rng.randint(2, 8)):
            words += source.draw(rng)
        for place in rng.sample(range(len(words)), round(len(words) * _REPLACED)):
            words[place] = rng.choice(pool)
        kind, label = ("reporter", "Q") if at % 2 == 0 else ("official", "MS. PSAKI")
        spoken = " ".join(words)
        turns.append(Turn(kind, label, len(text), len(text) + len(spoken)))  # type: ignore[arg-type]
        text += spoken + "\n\n"
    date = dt.date(2000, 1, 1) + dt.timedelta(days=number)
    source_of = Source(f"{number}.txt", f"{number:064x}", title=f"Briefing {number}", date=date)
    return Transcript(source_of, "made", text, tuple(turns), (), LineMap.of(text))


def make_record(path: Path, exchanges: int, folder: Path, rng: random.Random) -> list[str]:
    """Fill a record with so many exchanges; returns a sample of answers."""
    documents = [transcript for _, transcript in read_documents(folder)]
    asked, said = gather(documents, "reporter"), gather(documents, "official")
    answers: list[str] = []
    db = Database(path)
    store.create_tables(db)
    index.add_to_search = lambda *_: None  # verifying never reads what it would write
    for number in range(exchanges // _EXCHANGES_EACH):
        transcript = make_transcript(number, asked, said, rng)
        store.save_transcript(db, prepare_transcript(transcript), None)
        answers.append(transcript.said(rng.choice(transcript.turns[1::2])))
        if number % 100 == 0:
            db.conn.commit()
    db.conn.commit()
    db.conn.close()
    return answers


def measure(run: Callable[[str], object], quotes: Sequence[str]) -> str:
    """CPU milliseconds a quote: p50, p99 and the most."""
    times: list[float] = []
    for quote in quotes:
        started = time.process_time()
        run(quote)
        times.append((time.process_time() - started) * 1000)
    times.sort()
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    return f"p50 {p50:7.1f}   p99 {p99:7.1f}   most {times[-1]:7.1f}   ({len(times)} quotes)"


def draw_quotes(answers: Sequence[str], count: int, rng: random.Random) -> dict[str, list[str]]:
    """Quotes in other typography, changed in each way, and of words nobody said in this order."""
    said = Said(tuple(answer.split() for answer in answers))
    kinds = {"typography only": [restyle(said.draw(rng), rng) for _ in range(count)]}
    for kind, change in CHANGES.items():
        changed = (change(said.draw(rng), rng, said) for _ in range(20 * count))
        made = (" ".join(words[0]) for words in changed if words is not None)
        kinds[kind] = list(islice(made, count))
    kinds["made up"] = [
        " ".join(word for _ in range(8) for word in said.draw(rng)[:3]) for _ in range(count)
    ]
    return kinds


def main() -> None:
    """Make the record, or take the one that was kept, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transcripts", type=Path, default=Path("../shared/transcripts"))
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--quotes", type=int, default=300, help="of each kind")
    parser.add_argument("--record", type=Path, help="keep the record here, or use the one there")
    given = parser.parse_args()
    rng = random.Random(5)  # noqa: S311
    with TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if not path.exists():
            started = time.process_time()
            make_record(path, given.exchanges, given.transcripts, rng)
            print(f"made in {time.process_time() - started:.0f} s of CPU")  # noqa: T201
        report(Record(path), path, given.quotes, rng)


def report(record: Record, path: Path, count: int, rng: random.Random) -> None:
    """Print the sizes and the times."""
    with record.reading() as reader:
        connection = reader.connection
        pieces = connection.execute("SELECT count(*) FROM spoken_pieces").fetchone()[0]
        size = connection.execute("SELECT sum(length(block)) FROM spoken_data").fetchone()[0]
        rows = connection.execute(
            "SELECT substr(t.text, u.start + 1, u.end - u.start) FROM turns u JOIN transcripts t"
            " ON t.id = u.transcript WHERE u.position = 1 LIMIT 2000"
        )
        answers = [row[0] for row in rows]
    megabytes = path.stat().st_size / 1e6
    print(f"{pieces:,} pieces, index {size / 1e6:.0f} MB of {megabytes:.0f} MB")  # noqa: T201
    for kind, quotes in draw_quotes(answers, count, rng).items():
        print(f"{kind:22}{measure(lambda q: verify_quote(record, q), quotes)}")  # noqa: T201
    pastes = ["\n".join(rng.choices(answers, k=20))[:4_000] for _ in range(20)]
    print(f"{'4,000 characters':22}{measure(lambda m: verify_message(record, m), pastes)}")  # noqa: T201
    many = [
        "\n".join(f"“{answer[:150]}”" for answer in rng.choices(answers, k=26)) for _ in range(20)
    ]
    print(f"{'26 quotations':22}{measure(lambda m: verify_message(record, m), many)}")  # noqa: T201
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verify_quote(record, " ".join(rng.choices(answers, k=60))[:20_000])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory {before / 1024:.0f} MB, after 20,000 characters {after / 1024:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
