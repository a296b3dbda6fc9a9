"""Small files of every format, made when they are needed; the texts were written for these tests."""

import io
import json
import tarfile
import zipfile

import pytest

from toolkit.source.content import Unread
from toolkit.source.options import Options
from toolkit.source.readers import pieces

PROSE = "The pier is old, and nobody in the town knows who built it. “It is ours,” said Mayor Oda Renn."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Who owns the pier? | Coast News</title>
<meta property="og:title" content="Who owns the pier?"><meta property="og:site_name" content="Coast News">
<meta name="author" content="Ada Lind"><meta property="article:published_time" content="2031-05-01T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Who owns the pier?</h1><p>{PROSE}</p>
<p>She <b>denied</b> that it was ever sold, and said that it would not be.</p></article>
<footer>Subscribe to our newsletter</footer></body></html>"""
MESSAGE = f"""From: Ada Lind <ada@coast.example>
To: readers@coast.example
Subject: Who owns the =?utf-8?q?pi=C3=ABr=3F?=
Date: Thu, 01 May 2031 23:30:00 +0200
Message-ID: <1@coast.example>
List-Id: "Coast News" <news.coast.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{PROSE}
"""
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, str | bytes], how: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=how) as archive:
        for name, data in files.items():
            data = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def docx(body: str, head: str = "") -> bytes:
    written = f'<?xml version="1.0"?>{head}<w:document {_WORD}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": written})


def json_lines(*rows: dict) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.fixture
def read():
    """Return a function that reads bytes under a name: the documents, as (place, text), and the complaints."""

    def of(data: bytes, name: str, **options):
        found = list(pieces(io.BytesIO(data), name, Options(**options)))
        good = [(p.name, p.content.plain) for p in found if not isinstance(p, Unread)]
        return good, [p.reason for p in found if isinstance(p, Unread)]

    return of


@pytest.fixture
def piece():
    """Return a function that reads bytes that are one document."""

    def of(data: bytes, name: str, **options):
        [found] = pieces(io.BytesIO(data), name, Options(**options))
        return found.content

    return of
