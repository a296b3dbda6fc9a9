"""Fuzz every reader: whole files of each format with bytes changed, cut, doubled and mixed, and bytes at random.

    .venv/bin/python tests/bench/fuzz.py [INPUTS [FORMAT]...]

Only a SourceError may come out, in one line that names the file, or documents whose alignment is
whole. The seeds are kept in this file, so that a run can be repeated; a failure prints its own.
"""

import gzip
import io
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import typst

from toolkit.errors import SourceError
from toolkit.source import documents, files, kinds, readers
from toolkit.source.clean import clean, printable
from toolkit.source.clock import within
from toolkit.source.content import Unread
from toolkit.source.options import Options
from toolkit.spans import composed

sys.path.insert(0, str(Path(__file__).parents[1] / "source"))
import conftest as samples

SEED = 7
INPUTS = 10_000
_ODD = (b"\x00", b"\xff\xfe", b"\r", b"\x1a", b"\xe2\x80\xa8", b'"', b"<", b"=?", b"\xed\xa0\x80")
OPTIONS = Options(max_megabytes=1, max_seconds=300)


def seeds() -> dict[str, list[tuple[bytes, str]]]:
    """Return whole files of each format, by the reader that they are for."""
    prose, page, message = samples.PROSE.encode(), samples.PAGE.encode(), samples.MESSAGE.encode()
    word = samples.docx(f"<w:p><w:r><w:t>{samples.PROSE}</w:t></w:r></w:p>")
    table = "id,title,text,date\n" + "".join(f'{i},T,"{samples.PROSE}",2031-05-01\n' for i in range(3))
    tabbed = table.replace(",", "\t")
    lines = samples.json_lines(*({"id": i, "text": samples.PROSE, "authors": ["A", None]} for i in range(3)))
    parquet = io.BytesIO()
    rows = {"id": ["1", "2"], "text": [samples.PROSE] * 2, "date": pd.Timestamp("2031-05-01")}
    pd.DataFrame(rows).to_parquet(parquet)
    pdf = typst.compile(b"#set page(columns: 2, header: [Coast])\n= Calm\n" + b"It is calm, and so on.\n\n" * 20)
    multi = message.replace(b"text/plain; charset=utf-8", b"multipart/alternative; boundary=B")
    multi += b"\n--B\nContent-Type: text/html\n\n" + page + b"\n--B--\n"
    related = b"Content-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n" + page + b"\n--R--\n"
    saved = b"From: <Saved by Blink>\nSubject: x\n" + related
    outer = b"From: a@b.c\nContent-Type: multipart/mixed; boundary=M\n\n--M\nContent-Type: text/plain\n\nCalm.\n--M\n"
    outer += related + b"\n--M\nContent-Type: message/rfc822\n\n" + message + b"\n--M--\n"
    nested = {"article": {"body": f"<p>{samples.PROSE}<br>So.</p>"}, "source": {"name": "Coast"}, "date": 1936396800}
    said = {"@type": "LiveBlogPosting", "headline": "Calm", "author": [{"@id": "#a"}], "datePublished": "2031-05-01"}
    script = f'<script type="application/ld+json">{json.dumps({"@graph": [said, {"@id": "#a", "name": "A"}]})}</script>'
    linked = page.replace(b"</head>", script.encode() + b"</head>")
    box = b"From a@b.c Thu May  1 23:30:00 2031\n" + message
    inside = {"a.txt": prose, "b.html": page, "c.csv": table, "d.eml": message}
    return {
        "text": [(prose, "a.txt"), ("Café".encode("utf-16"), "a.txt"), (prose.decode().encode("cp1252"), "a.txt")],
        "markdown": [(b"---\ntitle: x\n---\n# *Calm*\n\n| a | b |\n|---|---|\n| c | d |\n\n<p>[x](y)</p>\n", "a.md")],
        "web page": [(page, "a.html"), (linked, "a.html"), (samples.PAGE.encode("utf-16"), "a.html")],
        "pdf": [(bytes(pdf), "a.pdf")],
        "docx": [(word, "a.docx")],
        "mail": [(message, "a.eml"), (multi, "a.eml"), (outer, "a.eml"), (saved, "a.mhtml")],
        "mailbox": [(box + b"\n" + box, "a.mbox")],
        "csv": [
            *((table.encode(), "a.csv"), (table.encode("utf-16"), "a.csv")),
            *((tabbed.encode(), "a.tsv"), (b"sep=,\n" + table.encode(), "a.csv")),
        ],
        "json lines": [(lines, "a.jsonl"), (json.dumps([nested] * 2, indent=1).encode(), "a.json")],
        "parquet": [(parquet.getvalue(), "a.parquet")],
        "zip": [(samples.zipped(inside), "a.zip"), (samples.zipped(inside, 0), "a.zip")],
        "tar": [(samples.tarred(inside), "a.tar"), (samples.tarred(inside, "w:gz"), "a.tgz")],
        "gzip": [(gzip.compress(prose), "a.txt.gz"), (gzip.compress(page), "a.html.gz")],
    }


def mangled(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Return a file with a few things done to it."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 8, 32))):
        at = rng.randrange(len(out) + 1)
        end = min(at + rng.choice((1, 2, 4, 16, 64, 512)), len(out))
        match rng.randrange(8):
            case 0:
                out[at:end] = rng.randbytes(end - at)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end] * rng.choice((1, 2, 50))
            case 3:
                del out[at:]
            case 4:
                out[at:at] = rng.choice(_ODD)
            case 5:
                other = rng.choice(others)
                start = rng.randrange(len(other))
                out[at:end] = other[start : start + rng.choice((8, 64, 512))]
            case 6 if end > at:
                out[rng.randrange(at, end)] ^= 1 << rng.randrange(8)
            case _:
                out[at:end] = bytes([rng.choice((0, 1, 127, 255))]) * (end - at)
    return bytes(out)


def outcome(data: bytes, name: str, tables: bool) -> str:
    """Read a file and return what came of it; whatever is not named is raised."""
    made = []
    try:
        with within(OPTIONS.max_seconds, f"{name} takes too long"):
            found = list(readers.pieces(io.BytesIO(data), name, OPTIONS))
    except SourceError as error:
        told = str(error)
        if told != printable(told) or name.removesuffix(".gz") not in told or "too long" in told:
            raise RuntimeError(f"no good complaint: {told!r}") from error
        return "refused"
    for number, piece in enumerate(found):
        if isinstance(piece, Unread):
            assert piece.reason == printable(piece.reason), repr(piece.reason)
            continue
        content = piece.content
        assert content.taken is None or list(content.pages) == sorted(content.pages)
        made.append(files.TextFile(str(number), Path(name), name + piece.name, piece.sha256, *content))
        text, to_plain = clean(content.plain)
        whole = composed(to_plain, content.alignment)
        assert [link.start for link in whole] == [0, *(link.end for link in whole)][:-1]
        assert not whole or whole[-1].end == len(text)
    if made and tables:
        rows, alignment = documents.from_texts(made)
        documents.pages(made)
        assert set(alignment["doc_id"]) <= set(rows["doc_id"])
    return "read" if made else "nothing in it"


def main() -> None:
    """Read so many mangled files of each format and print what came of them."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS
    by_format = seeds()
    others = [data for own in by_format.values() for data, _ in own]
    for format, own in by_format.items():
        if sys.argv[2:] and format not in sys.argv[2:]:
            continue
        for data, name in own:
            assert kinds.kind(io.BytesIO(data), name, OPTIONS) in {format, "gzip"}, (format, name)
            assert outcome(data, name, True) == "read", (format, name)
        began, counts = time.perf_counter(), Counter[str]()
        for number in range(inputs):
            rng = random.Random(f"{SEED} {format} {number}")
            data, name = rng.choice(own)
            changed = rng.randbytes(rng.randrange(1, 400)) if number % 50 == 0 else mangled(data, rng, others)
            try:
                counts[outcome(changed, name, number % 25 == 1)] += 1
            except Exception:
                print(f"seed: {SEED} {format} {number}", file=sys.stderr)
                Path(f"fuzz-{format.replace(' ', '-')}-{number}-{name}").write_bytes(changed)
                raise
        told = ", ".join(f"{what} {times:,}" for what, times in counts.most_common())
        print(f"{format:12} {inputs:,} inputs in {time.perf_counter() - began:.0f} s: {told}", flush=True)


if __name__ == "__main__":
    main()
