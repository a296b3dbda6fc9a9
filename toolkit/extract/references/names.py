"""Names: acts and documents by the grammar of their names: a noun of their kind with capitals, numbers or makers."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook.instruments import Head, bodies, heads, short_names
from toolkit.codebook.nations import nation, nationality
from toolkit.codebook.nouns import counted, known, phrase
from toolkit.spans import Span

_CAP = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:\.(?:[A-Z]\.)+|(?<=\bU)\.(?:[A-Z]\.)*)?"
_NUMBER = r"(?:No\.?\s?|no\.\s?|number\s)?\d+(?:[/-]\d+)*(?:[-/][A-Z]{1,3}\b)?"
_LEFT = re.compile(r"([^\s(“\"‘—–,;:]+)[ \u00a0]+\Z")
_ON = r"(?:on|of|for|against|to|concerning|regarding|relating\sto|in|with\srespect\sto)"
_CONTINUED = re.compile(
    rf"\s+{_ON}(?:\s+(?:the|a|an|All|all))?\s+(?:{_CAP})"
    rf"(?:(?:\s+|\s+(?:and|or|of|on|for|in|to|the|against|de|with|its)\s+(?:(?:the|its|their|All)\s+)?)(?:{_CAP})"
    rf"|,\s(?:{_CAP})(?=(?:\s{_CAP})*(?:,|\s+and)\s{_CAP}))*"
)
_MAKER = re.compile(
    rf"\s+(?:by|of|from)\s+(?:(?:the|a|an|its)\s+)?(?:[a-z][\w-]*\s+){{0,2}}?(?:{_CAP})"
    rf"(?:\s+(?:{_CAP})|\s+(?:of|for|and)\s+(?:the\s+)?(?:{_CAP}))*(?:\s+(?:panel|commission|committee)\s+of\s+experts)?"
)
_PARTIES = re.compile(
    rf"\s+(?:between|with)\s+(?:the\s+)?(?:{_CAP})(?:\s+(?:{_CAP}))*(?:,?\s+(?:and|,)\s+(?:the\s+)?(?:{_CAP})(?:\s+(?:{_CAP}))*)*"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:{_MONTH}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|\d{{4}})"
_OF_A_DAY = re.compile(rf"\s+of\s+({_DAY})\b")
_DAY_BEFORE = re.compile(rf"\b({_DAY})[ \u00a0]+\Z")
_NUMBERED = re.compile(rf"\s+(?:\(EU\)\s+)?({_NUMBER})(?:\s?\((\d{{4}})\))?(?![\w%])")
_NEXT_NUMBER = re.compile(
    rf"(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+)({_NUMBER})(?:\s?\((\d{{4}})\))?(?![\w%])(?!\s+[a-z]+s\b)"
)
_TOPIC = re.compile(r"\s+(?:on|against|banning|regulating|governing)(?:\s+(?:the|a|an|all))?(?=\s+[a-z])")
_CODED = re.compile(
    r"\b(S|A)/RES/(\d+(?:/\d+)?)(?:\s?\((\d{4})\))?|\bUNSCRs?\s+(\d{3,4})(?:\s?\((\d{4})\))?|\bCase\s+[CT][-‑]\d+/\d+"
)
_CASE = re.compile(
    rf"\b((?:{_CAP})(?:\s+(?:{_CAP})){{0,4}})\s+vs?\.?\s+(?:the\s+)?{_CAP}(?:\s+(?:of\s+)?(?:{_CAP})){{0,4}}"
)
_COURT = re.compile(r"\b(?:court|ruling|ruled|judg|justice|verdict|decision|case|precedent|overturn)", re.IGNORECASE)
_ACRONYM = re.compile(r"\s?\((?:the\s+)?[“\"]?([A-Z][A-Za-z]*[A-Z][\w-]*)[”\"]?\)")
_MADE = re.compile(
    rf",?\s+(?:(?:which|that)\s+was\s+)?(?:signed|adopted|ratified|concluded|passed|agreed|approved|enacted|reached|issued|sealed)"
    rf"\s+(?:(?:unanimously|jointly)\s+)?(?:in\s+(?:[A-Z]\w+\s+)?|on\s+|by\s+\w+\s+in\s+|at\s+\w+\s+in\s+)?(?:{_DAY})"
)
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
_BY_ALONE = frozenset({"study", "review", "inquiry"})  # "a study of Paris" is on it
_OF = frozenset(
    [
        "treaty",
        "pact",
        "convention",
        "charter",
        "constitution",
        "declaration",
        "communiqué",
        "communique",
        "memorandum",
        "accord",
        "statute",
        "armistice",
    ]
)
_CAPITAL_ALONE = frozenset({"act", "bill", "amendment", "regulation", "code", "final act"})  # in small letters no name
_NO_TITLE = frozenset({"study", "review", "audit"})  # in capitals parts of other names: "Harvard Business Review"
_EVENTS = frozenset({"National", "Democratic", "Republican", "Annual", "Party", "Constitutional"})


class Name(NamedTuple):
    """An act or document that is named: its place, name, kind and head, maker and year, and letters it goes by."""

    span: Span
    instrument: str
    kind: str
    head: str
    body: str | None = None
    year: int | None = None
    letters: str | None = None
    number: str | None = None


@cache
def _heads() -> re.Pattern[str]:
    nouns = sorted(heads(), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w’'-])({'|'.join(n.replace(' ', chr(92) + 's+') for n in nouns)})(?![\w-])", re.IGNORECASE
    )


@cache
def _short() -> re.Pattern[str]:
    names = sorted(short_names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w(-])(?<!\(the\s)({'|'.join(map(re.escape, names))})(?![\w-])(?!\s+Treaty)")


def named(text: str, part: Span) -> list[Name]:
    """Return the acts and documents that a paragraph names, in order; of two that overlap, the longer."""
    found = [*_by_head(text, part), *_coded(text, part), *_cases(text, part)]
    for match in _short().finditer(text, *part):
        short = short_names()[match[1]]
        found.append(
            Name(Span(*match.span()), short.instrument, short.kind, short.kind, short.body or None, short.year)
        )
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        if not kept or name.span.start >= kept[-1].span.end:
            kept.append(name)
    return kept


def _by_head(text: str, part: Span) -> Iterator[Name]:
    for match in _heads().finditer(text, *part):
        written = " ".join(match[1].split())
        yield from _around(text, part, Span(*match.span()), written, heads()[written.lower()])


def _around(text: str, part: Span, noun: Span, written: str, head: Head) -> Iterator[Name]:
    """Yield the names that a noun heads: one, or one for each number behind it."""
    capital = written[0].isupper()
    left, owner = _left(text, part, noun, capital)
    first = text[left : noun.start].strip()
    numbered = _numbered(text, part, noun, written, head)
    if numbered:
        yield from _numbers(text, part, noun, left, numbered, written, head, first, owner)
        return
    before = _DAY_BEFORE.search(text, max(part.start, left - 20), left)
    year = _year(before[1]) if before else None
    end, body, parties = noun.end, owner, None
    if head.kind in {"report", "judgment"}:
        maker = _MAKER.match(text, noun.end, part.end)
        if maker and not _plural_of_weak(written, head) and (maker[0].split()[0] != "of" or head.noun not in _BY_ALONE):
            end, body = maker.end(), _maker(maker[0])
            left = left if first else _lower_left(text, part, noun.start)
    continued = _CONTINUED.match(text, noun.end, part.end) if end == noun.end else None
    if continued and not _goes_on(continued[0], head, capital, bool(first)):
        continued = None
    if continued:
        end = noun.end + len(_without_another(continued[0]))
    elif (
        end == noun.end
        and not first
        and head.kind == "treaty"
        and (parties := _PARTIES.match(text, noun.end, part.end))
    ):
        end = parties.end() if parties[0].split()[0] == "between" else end
        parties = parties if end > noun.end else None
        left = _lower_left(text, part, noun.start) if parties else left
    elif re.match(r"\s+[A-Z]", text[noun.end : noun.end + 3]) and capital:
        return  # "Collective Security Treaty Organization"
    day = _OF_A_DAY.match(text, end, part.end)
    if day:
        year = year or _year(day[1])
    span = Span(left, end)
    if not _is_a_name(
        text, part, span, noun, written, head, first, owner, continued is not None or parties is not None, end
    ):
        topic = _topic(text, part, noun, head)
        if topic and not first:
            adjective = _lower_left(text, part, noun.start)
            span = Span(adjective, topic)
        elif before and not capital and _article(text, part, before.start()) and not noun_follows(text, noun.end):
            span, year = Span(before.start(), noun.end), _year(before[1])
        elif day and not first and _article(text, part, left) and head.kind != "report":
            span = Span(left, day.end())
        else:
            return
    elif first and not capital and continued is None and noun_follows(text, noun.end):
        return  # "a Minsk agreement violation"
    letters = _ACRONYM.match(text, span.end, part.end)
    name = _plain(text[slice(*span)])
    if first in bodies():
        name = name.replace(_plain(first), bodies()[first], 1)
    yield Name(
        span,
        name,
        head.kind,
        head.noun,
        _body(first, body),
        year or _year_behind(text, span.end, part.end) or _year(name),
        letters[1] if letters else None,
    )


def _without_another(continued: str) -> str:
    """Return the words behind a noun up to the next act: "of Rome | and the Treaty of Nice"."""
    for found in re.finditer(r",?\s+and\s+(?:the\s+)?(?=[A-Z])|,\s+(?=[A-Z])", continued):
        following = re.match(
            rf"(?:{_CAP}\s+)*?({'|'.join(h.capitalize() for h in heads() if ' ' not in h)})\b", continued[found.end() :]
        )
        if following:
            return continued[: found.start()]
    return continued


def _goes_on(continued: str, head: Head, capital: bool, first: bool) -> bool:
    """Return whether "of ..." or "on ..." behind a noun is part of the name, and no day, place or other phrase."""
    link = continued.split()[0]
    if re.match(rf"\s+(?:of|in|on)\s+{_DAY}\b", continued) or (head.kind == "report" and link != "on"):
        return False
    if not capital:
        return (
            (first and link in {"of", "on", "against"})
            or (link == "on" and head.strong)
            or (link == "of" and head.noun in _OF)
        )
    return True


def _is_a_name(
    text: str,
    part: Span,
    span: Span,
    noun: Span,
    written: str,
    head: Head,
    first: str,
    owner: str | None,
    continued: bool,
    end: int,
) -> bool:
    """Return whether a noun of its kind has beside it what makes it a name."""
    capital = written[0].isupper()
    only_nation = bool(first) and _national(first)
    if (
        not head.strong
        and capital
        and re.search(rf"{_CAP}\s(?:for|of)\s(?:the\s)?\Z", text[max(part.start, noun.start - 40) : noun.start])
    ):
        return False  # an organisation: "Institute for the Study of ..."
    if head.noun == "convention" and set(first.split()) & _EVENTS:
        return False
    if continued:
        opens = noun.start == part.start or text[: noun.start].rstrip()[-1:] in '.!?“"‘:'
        return head.strong or (capital and not (opens and head.kind != "law")) or bool(first and not only_nation)
    if end > noun.end:  # made by somebody
        if text[noun.end :].split()[0] == "of" and _national(text[noun.end : end].split()[-1]):
            return False  # "a report of Russian attacks"
        return not _plural_of_weak(written, head)
    if capital and first:
        return (
            head.noun not in _NO_TITLE
            and not _plural_of_weak(written, head)
            and not (head.noun == "bill" and _titled(first))
        )
    if head.alone and capital and owner:
        return True
    if head.kind == "constitution":
        return bool(first or (owner and owner[0].isupper()))
    if not first:
        return False
    indefinite = re.search(r"\b[Aa]n?\s+\Z", text[max(part.start, span.start - 4) : span.start]) is not None
    if head.strong and head.noun not in _CAPITAL_ALONE:
        return not (only_nation and head.kind in {"law", "treaty", "declaration"}) and not (
            indefinite and head.kind in {"resolution", "law"}
        )
    return head.kind in {"report", "judgment"} and not only_nation and not _plural_of_weak(written, head)


def _titled(words: str) -> bool:
    """Return whether the word before "Bill" is a title: a man then, no act."""
    last = words.split()[-1].lower().rstrip(".")
    return last in codebook.words("titles", "title") or last in codebook.speaks_as()


def _plural_of_weak(written: str, head: Head) -> bool:
    return written.lower() != head.noun and not head.strong


def _national(words: str) -> bool:
    return nationality(words) is not None or nation(words) is not None


def _left(text: str, part: Span, noun: Span, capital: bool) -> tuple[int, str | None]:
    """Return where the capitalised words before a noun begin, and who owns it ("Russia’s Constitution")."""
    at, begin, lower = noun.start, noun.start, 0
    head_is_amendment = text[noun.start : noun.end].lower() == "amendment"
    closed = codebook.words("closed_class", "word")
    while found := _LEFT.search(text, max(part.start, at - 60), at):
        word = found[1]
        if word.endswith(("’s", "'s", "s’")) and len(word) > 2:
            owner = _owner(text, part, found.start(1), word)
            return begin, owner
        if word[-1] in '.,;:!?)”"' and not re.fullmatch(r"(?:[A-Z]\.)+", word):
            break
        if word[0].isupper() and word.lower().strip('“"') not in closed and not _month(word):
            begin, lower = found.start(1), 0
        elif head_is_amendment and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third)", word):
            begin = found.start(1)
            break
        elif (
            word[0].isupper()
            and begin == at
            and capital
            and begin < noun.start
            and _capital_before(text, part, found.start(1))
        ):
            pass  # "Justice Against Sponsors of Terrorism Act"
        elif (
            word in {"and", "on", "of", "for"}
            and begin == at
            and capital
            and _joins(text, part, found.start(1), text[at : noun.start])
        ):
            pass
        elif word in codebook.small("kind of document") and lower < 2 and (not capital or begin == at == noun.start):
            if capital:
                break
            lower += 1
        else:
            break
        at = found.start(1)
    return begin, None


def _joins(text: str, part: Span, at: int, rest: str) -> bool:
    """Return whether "and" stands within a name: "Trade and Cooperation Agreement"."""
    before = _LEFT.search(text, max(part.start, at - 40), at)
    return bool(
        before
        and before[1][0].isupper()
        and rest.strip()
        and known(before[1])
        and known(rest.split()[0])
        and before[1].lower() not in codebook.words("closed_class", "word")
    )


def _capital_before(text: str, part: Span, at: int) -> bool:
    found = _LEFT.search(text, max(part.start, at - 40), at)
    return bool(found and found[1][0].isupper() and found[1].lower() not in codebook.words("closed_class", "word"))


def _month(word: str) -> bool:
    return re.fullmatch(_MONTH, word) is not None


def _owner(text: str, part: Span, at: int, word: str) -> str | None:
    plain = re.sub(r"(?:[’']s|[’'])$", "", word)
    if not plain[0].isupper():
        return plain
    begin = at
    while (found := _LEFT.search(text, max(part.start, begin - 40), begin)) and found[1][0].isupper():
        if found[1].lower() in codebook.words("closed_class", "word"):
            break
        begin = found.start(1)
    return text[begin : at + len(plain)]


def _lower_left(text: str, part: Span, at: int) -> int:
    found = _LEFT.search(text, max(part.start, at - 30), at)
    return found.start(1) if found and found[1] in codebook.small("kind of document") else at


def _article(text: str, part: Span, at: int) -> bool:
    return (
        re.search(r"\b(?:the|its|their|this|that|under|a)\s+\Z", text[max(part.start, at - 8) : at], re.IGNORECASE)
        is not None
    )


def _topic(text: str, part: Span, noun: Span, head: Head) -> int | None:
    """Return where "law on foreign agents" ends, None for what is no law, treaty or resolution on something."""
    if head.kind not in {"law", "treaty", "resolution", "declaration"} or head.noun in {
        "statement",
        "deal",
        "code",
        "act",
    }:
        return None
    found = _TOPIC.match(text, noun.end, part.end)
    if not found or not re.search(
        r"\b(?:the|a|an|its|this|new)\s+(?:[a-z-]+\s+){0,2}\Z",
        text[max(part.start, noun.start - 30) : noun.start],
        re.I,
    ):
        return None
    topic = counted(text, found.end(), part.end) or phrase(text, found.end(), part.end)
    return topic.end if topic else None


def noun_follows(text: str, at: int) -> bool:
    """Return whether a noun stands behind, so that what is before only says of what kind it is ("the treaty line")."""
    found = re.compile(r"[ \u00a0]+([a-z][\w-]*)").match(text, at)
    if not found or found[1] in codebook.words("closed_class", "word") or found[1].endswith(("ed", "ly")):
        return False
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(found[1])
    return "NOUN" in lemmas and not ("VERB" in lemmas and found[1].endswith("s"))


def _numbered(text: str, part: Span, noun: Span, written: str, head: Head) -> "re.Match[str] | None":
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


def _numbers(
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
    body = _body(first, owner)
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
        made = _year_behind(text, match.end(), part.end)
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


def _body(first: str, owner: str | None) -> str | None:
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


def _maker(words: str) -> str:
    plain = re.sub(r"^\s*(?:by|of|from)\s+(?:(?:the|a|an|its)\s+)?", "", words)
    return bodies().get(plain, plain)


def _coded(text: str, part: Span) -> Iterator[Name]:
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


def _cases(text: str, part: Span) -> Iterator[Name]:
    for found in _CASE.finditer(text, *part):
        around = text[max(part.start, found.start() - 160) : found.end() + 160]
        if not _COURT.search(around):
            continue
        begin = found.start()
        opening = found[1].split()[0]
        if opening.lower() in codebook.words("closed_class", "word"):
            begin += len(opening) + 1
        yield Name(Span(begin, found.end()), _plain(text[begin : found.end()]), "judgment", "judgment")


def _plain(written: str) -> str:
    return " ".join(written.split()).strip('“”"')


def _year(words: str) -> int | None:
    found = _YEAR.search(words)
    return int(found[1]) if found else None


def _year_behind(text: str, at: int, stop: int) -> int | None:
    """Return the year in which something was made where the words right behind say so: ", signed on May 4, 1988"."""
    found = _MADE.match(text, at, stop)
    return _year(found[0]) if found else None
