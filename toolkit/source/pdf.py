"""PDF: the words of its pages in the order of reading, without running heads, lines joined to paragraphs (pdfium)."""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

from toolkit.errors import SourceError, one_line
from toolkit.source.content import Content, taken
from toolkit.source.options import Options, flag
from toolkit.source.page_layout import HYPHEN, Line, in_reading_order, paragraphs_begin

_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_PARTING = 2  # pdfium's code for a hyphen that parts a word at a line's end; its texts have U+FFFE there
_SHORT = 7  # a document of fewer pages has a running head on two of them, others on three
_EDGE = 2  # lines at the top and the bottom of a page that may be its running heads
_NUMBER = re.compile(r"\W*(?:page\s+|p\.\s*)?(?:\d{1,4}|[ivxl]{1,6})\W*(?:(?:of|/)\s*\d{1,4}\W*)?", re.I)
_HYPHENS = (HYPHEN, "\xad", "\u2010", "-")
_TITLE = re.compile(r"\w+")
_OUTLET = re.compile(r"\s[|•·–—-]\s")  # what parts a headline from the outlet in a page's title
# What browsers print over and under a page: the time, its address.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?|(?:https?|file)://\S+", re.I
)


def content(data: bytes, name: str, options: Options) -> Content:
    """Return the words of a PDF, with the offsets at which its pages begin.

    Raises
    ------
    SourceError
        When it is damaged, encrypted or too long, or when its pages are pictures.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{name} is encrypted: save it without its password") from None
        why = one_line(error)[:120].rstrip(".")
        raise SourceError(f"{name} is a damaged PDF ({why}): save or print it to PDF anew") from None
    try:
        count = len(document)
        if count > options.max_pages:
            raise SourceError(
                f"{name} has {count} pages, over {options.max_pages}: part it, or raise {flag('max_pages')}"
            )
        pages = [_lines(document, number, name) for number in range(count)]
        title = str(document.get_metadata_dict().get("Title", "")) if count else ""
    finally:
        document.close()
    empty = sum(not page for page in pages)
    if empty == count:
        raise SourceError(
            f"{name} has no text on its {count} {'page' if count == 1 else 'pages'}, as scans have none: "
            "have its text recognised (OCR) and name what that makes"
        )
    text, starts = _joined([in_reading_order(page) for page in _without_heads(pages)])
    how = f"pdf ({empty} of {count} pages without text)" if empty else "pdf"
    return taken(text, how, _metadata(title, text), name, starts)


def _metadata(title: str, text: str) -> dict[str, str]:
    """Return the title of a PDF, or what it has before the outlet's name, where its text has it too."""
    begins = " ".join(_TITLE.findall(text[:5000]))
    for written in (title, _OUTLET.split(title)[0]):
        words = " ".join(_TITLE.findall(written))
        if words and words in begins:
            return {"title": written}
    return {}


def _lines(document: Any, number: int, name: str) -> list[Line]:
    """Return the lines of a page as pdfium finds them, with their places."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[number]
        words = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise SourceError(
            f"{name} is damaged on page {number + 1} ({one_line(error)[:80]}): print it to PDF anew"
        ) from None
    box = pdfium.FS_RECTF()
    lines: list[Line] = []
    written: list[str] = []
    left = right = top = bottom = 0.0

    def end() -> None:
        text = "".join(written).strip()
        if text:
            lines.append(Line(left, bottom, right, top, text))
        written.clear()

    for i in range(pdfium.FPDFText_CountChars(words.raw)):
        code = pdfium.FPDFText_GetUnicode(words.raw, i)
        c = HYPHEN if code == _PARTING else chr(code) if code < 0x110000 else "\ufffd"
        if c in "\r\n":
            end()
            continue
        placed = pdfium.FPDFText_GetLooseCharBox(words.raw, i, ctypes.byref(box)) and box.right > box.left
        if placed and not c.isspace():
            height = max(box.top - box.bottom, top - bottom if written else 0.0)  # a dash may be flat
            apart = box.left - right > 2 * height or right - box.left > 4 * height
            apart = apart or box.bottom > top or box.top < bottom
            if written and (apart or written[-1] == HYPHEN):
                end()
            if not written:
                left, right, top, bottom = box.left, box.right, box.top, box.bottom
            right, top, bottom = max(right, box.right), max(top, box.top), min(bottom, box.bottom)
        if written or not c.isspace():
            written.append(_LIGATURES.get(c, c))
    end()
    words.close()
    page.close()
    return [line for line in lines if line.right > line.left]  # what has no place is not to be seen


def _without_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without their numbers and without what stands at their tops or bottoms again and again."""
    edges = [_edges(page) for page in pages]
    times = Counter(key for page in edges for key in {_key(line, at) for line, at in page})
    often = 2 if len(pages) < _SHORT else 3
    out = []
    for page, own in zip(pages, edges, strict=True):
        numbers = {id(line) for line, at in own if abs(at) == 1 and _NUMBER.fullmatch(line.text)}
        printed = {at for line, at in own if abs(at) == 1 and _PRINTED.fullmatch(line.text)}
        heads = numbers | {id(line) for line, at in own if at in printed or times[_key(line, at)] >= often}
        out.append([line for line in page if id(line) not in heads])
    return out


def _edges(page: list[Line]) -> list[tuple[Line, int]]:
    """Return the lines at a page's edges that a gap parts from the rest: 1, 2 from the bottom, -1, -2 from the top."""
    found: list[tuple[Line, int]] = []
    for way in (1, -1):
        heights = sorted({round(line.bottom) for line in page}, reverse=way < 0)
        for n in range(min(_EDGE, len(heights) - 1), 0, -1):
            gap = 1.5 * median(line.top - line.bottom for line in page)
            if abs(heights[n] - heights[n - 1]) > gap:
                places = {height: way * i for i, height in enumerate(heights[:n], 1)}
                found += [(line, places[round(line.bottom)]) for line in page if round(line.bottom) in places]
                break
    return found


def _key(line: Line, at: int) -> tuple[str, bool, int]:
    """Return what makes a running head the same on another page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", line.text.lower()), at > 0, round(line.bottom / 4)


def _joined(pages: Sequence[list[Line]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of pages of ordered lines, and where in it each page begins."""
    words = Counter(w.lower() for page in pages for line in page for w in re.findall(r"[\w-]*\w", line.text))
    pieces: list[str] = []
    starts: list[int] = []
    length = 0

    def put(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    lines = [line for page in pages for line in page]
    begin = iter(paragraphs_begin(lines))
    for page in pages:
        starts.append(-1)
        for line in page:
            before = pieces[-1] if pieces else ""
            begins = next(begin)
            if begins and pieces:
                put("\n\n")
            elif before.endswith(_HYPHENS) and line.text[:1].isalpha():
                length -= len(pieces.pop())
                put(before[:-1] + _hyphen(before, line.text, words))
            elif pieces:
                put(" ")
            if starts[-1] < 0:
                starts[-1] = length
            put(line.text)
        if starts[-1] < 0:
            starts[-1] = length
    text = "".join(pieces).replace(HYPHEN, "-")
    return text, tuple(starts)


def _hyphen(before: str, after: str, words: Counter[str]) -> str:
    """Return the hyphen of a word that is written with one, nothing where it only parts the word at the line's end."""
    first = re.search(r"[\w-]*\Z", before[:-1])
    second = re.match(r"\w+", after)
    head, tail = (first[0] if first else "").lower(), (second[0] if second else "").lower()
    with_hyphen, without = words[f"{head}-{tail}"], words[head + tail]
    if with_hyphen != without:
        return "-" if with_hyphen > without else ""
    return "" if after[:1].islower() and head else "-"
