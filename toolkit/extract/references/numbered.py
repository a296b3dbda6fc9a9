"""Numbered: acts that go by a number, codes such as S/RES/2270, and cases before a court."""

import re
from collections.abc import Iterator

from toolkit import codebook
from toolkit.codebook.instruments import Head, bodies
from toolkit.codebook.nations import nation
from toolkit.extract.references.forms import CAP, Name, plain, year_behind, year_of
from toolkit.spans import Span

_NUMBER = r"(?:No\.?\s?|no\.\s?|number\s)?\d+(?:[/-]\d+)*(?:[-/][A-Z]{1,3}\b)?"
_NUMBERED = re.compile(rf"\s+(?:\(EU\)\s+)?({_NUMBER})(?:\s?\((\d{{4}})\))?(?![\w%])")
_NEXT_NUMBER = re.compile(
    rf"(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+)({_NUMBER})(?:\s?\((\d{{4}})\))?(?![\w%])(?!\s+[a-z]+s\b)"
)
_SYMBOL = re.compile(r"\b([SA])/(?:PRST/)?(?:\d{4}|\d\d)/(?:(?:L|PV|INF)\.)?\d+(?:/(?:Rev|Add|Corr)\.\d+)?\b")
_CODED = re.compile(
    r"\b(S|A)/RES/(\d+(?:/\d+)?)(?:\s?\((\d{4})\))?|\bUNSCRs?\s+(\d{3,4})(?:\s?\((\d{4})\))?|\bCase\s+[CT][-‑]\d+/\d+"
)
_CASE = re.compile(
    rf"\b((?:{CAP})(?:\s+(?:{CAP})){{0,4}})\s+vs?\.?\s+(?:the\s+)?{CAP}(?:\s+(?:of\s+)?(?:{CAP})){{0,4}}"
)
_COURT = re.compile(r"\b(?:court|ruling|ruled|judg|justice|verdict|decision|case|precedent|overturn)", re.IGNORECASE)


def number_behind(text: str, part: Span, noun: Span, written: str, head: Head) -> "re.Match[str] | None":
    """Return the match of the number behind a noun, None where the noun does not go by it."""
    found = _NUMBERED.match(text, noun.end, part.end)
    if not found or head.kind not in {"resolution", "law"} | (
        {"treaty"} if head.noun in {"protocol", "convention"} else set()
    ):
        return None
    explicit = not found[1][0].isdigit() or "/" in found[1]
    if head.noun == "resolution" or explicit:
        return found
    digits = re.sub(r"\D", "", found[1])
    year = len(digits) == 4 and "1900" <= digits < "2100" and head.noun not in {"executive order", "directive"}
    return found if written[0].isupper() and not year else None


def each_numbered(
    text: str,
    part: Span,
    noun: Span,
    left: int,
    found: "re.Match[str]",
    written: str,
    head: Head,
    first: str,
    owner: str | None,
) -> Iterator[Name]:
    """Yield an act for each number behind a noun: "resolutions 1718 and 2270" are two."""
    body = body_of(first, owner)
    title = "" if head.kind == "resolution" and body else f"{first} " if first else ""
    lead = f"{body} " if head.kind == "resolution" and first and body else title
    begin, match, last = left, found, noun.end
    singular = (
        head.noun.capitalize()
        if head.kind == "resolution"
        else written.rstrip("s")
        if written.lower() != head.noun
        else written
    )
    eu = "(EU) " if "(EU)" in found[0] else ""
    while match:
        number = " ".join(match[1].split())
        year = int(match[2]) if match[2] else None
        span = Span(begin, match.end())
        made = year_behind(text, match.end(), part.end)
        name = f"{lead}{singular} {eu}{number}"
        plain = re.sub(r"^(?:No\.?|no\.|number)\s?", "", number)
        if head.kind == "resolution":
            name = f"{lead}{singular} {plain}"
        yield Name(span, name, head.kind, head.noun, body, year or made, None, f"{head.noun} {plain}")
        last = match.end()
        following = (
            _NEXT_NUMBER.match(text, last, part.end)
            if head.kind == "resolution" or written.lower() != head.noun
            else None
        )
        if following is None:
            return
        begin, match = following.start(1), following


def body_of(first: str, owner: str | None) -> str | None:
    """Return whose act or document it is, as far as the words before it tell."""
    for form in (first, " ".join(first.split()[-2:]), " ".join(first.split()[:1])):
        if form in bodies():
            return bodies()[form]
    if owner:
        maker = nation(owner) or owner.split()[-1].lower() in codebook.small("maker of documents") or owner.isupper()
        return bodies().get(owner, owner if maker else None)
    last = first.split()[-1].lower() if first else ""
    letters = first if re.fullmatch(r"[A-Z]{2,6}", first) else None
    return first if last in codebook.small("maker of documents") else letters


def coded(text: str, part: Span) -> Iterator[Name]:
    """Yield what is cited by a code: S/RES/2270, UNSCR 2375, Case C-311/18, S/PRST/2017/4."""
    for found in _CODED.finditer(text, *part):
        if found[2] or found[4]:
            body = "UN General Assembly" if found[1] == "A" else "UN Security Council"
            number, year = found[2] or found[4], found[3] or found[5]
            yield Name(
                Span(*found.span()), f"{body} Resolution {number}", "resolution", "resolution", body,
                int(year) if year else None, None, f"resolution {number}",
            )  # fmt: skip
        else:
            yield Name(Span(*found.span()), found[0], "judgment", "judgment")
    for found in _SYMBOL.finditer(text, *part):  # a document of the United Nations by its symbol: S/2031/14
        body = "UN General Assembly" if found[1] == "A" else "UN Security Council"
        year = year_of(found[0])
        if "/PRST/" in found[0]:
            yield Name(Span(*found.span()), found[0], "declaration", "statement", body, year)
        else:
            yield Name(Span(*found.span()), found[0], "", "", body, year)  # a draft, a letter, a report


def cases(text: str, part: Span) -> Iterator[Name]:
    """Yield the cases before a court, where the words around speak of one: "Renn v. Voss"."""
    for found in _CASE.finditer(text, *part):
        around = text[max(part.start, found.start() - 160) : found.end() + 160]
        if not _COURT.search(around):
            continue
        begin = found.start()
        opening = found[1].split()[0]
        if opening.lower() in codebook.words("closed_class", "word"):
            begin += len(opening) + 1
        yield Name(Span(begin, found.end()), plain(text[begin : found.end()]), "judgment", "judgment")
