"""Names: acts and documents by the grammar of their names: a noun of their kind with capitals, numbers or makers."""

import re
from collections.abc import Iterator
from functools import cache

from toolkit import codebook
from toolkit.codebook.instruments import Head, bodies, heads, short_names
from toolkit.codebook.nations import nation, nationality
from toolkit.codebook.nouns import counted, phrase
from toolkit.extract.references.before import adjective_before, article_before, left_of
from toolkit.extract.references.forms import CAP, DAY, Name, noun_follows, plain, year_behind, year_of
from toolkit.extract.references.numbered import body_of, cases, coded, each_numbered, number_behind
from toolkit.spans import Span

_ON = r"(?:on|of|for|against|to|concerning|regarding|relating\sto|in|with\srespect\sto)"
_CONTINUED = re.compile(
    rf"\s+{_ON}(?:\s+(?:the|a|an|All|all))?\s+(?:{CAP})"
    rf"(?:(?:\s+|\s+(?:and|or|of|on|for|in|to|the|against|de|with|its)\s+(?:(?:the|its|their|All)\s+)?)(?:{CAP})"
    rf"|,\s(?:{CAP})(?=(?:\s{CAP})*(?:,|\s+and)\s{CAP}))*"
)
_MAKER = re.compile(
    rf"\s+(?:by|of|from)\s+(?:(?:the|a|an|its)\s+)?(?:[a-z][\w-]*\s+){{0,2}}?(?:{CAP})"
    rf"(?:\s+(?:{CAP})|\s+(?:of|for|and)\s+(?:the\s+)?(?:{CAP}))*(?:\s+(?:panel|commission|committee)\s+of\s+experts)?"
)
_PARTIES = re.compile(
    rf"\s+(?:between|with)\s+(?:the\s+)?(?:{CAP})(?:\s+(?:{CAP}))*(?:,?\s+(?:and|,)\s+(?:the\s+)?(?:{CAP})(?:\s+(?:{CAP}))*)*"
)
_OF_A_DAY = re.compile(rf"\s+of\s+({DAY})\b")
_DAY_BEFORE = re.compile(rf"\b({DAY})[ \u00a0]+\Z")
_TOPIC = re.compile(r"\s+(?:on|against|banning|regulating|governing)(?:\s+(?:the|a|an|all))?(?=\s+[a-z])")
_ACRONYM = re.compile(r"\s?\((?:the\s+)?[“\"]?([A-Z][A-Za-z]*[A-Z][\w-]*)[”\"]?\)")
_PART_OF_ANOTHER = re.compile(r"(?:Article|Section|Chapter|Paragraph|Annex|Clause)s?\b")
_ACT_OF = re.compile(r"\s(?:1[5-9]|20)\d\d\b")  # "Harbours Act 1998"
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
    found = [*_by_head(text, part), *coded(text, part), *cases(text, part)]
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
    left, owner = left_of(text, part, noun, capital)
    first = text[left : noun.start].strip()
    numbered = number_behind(text, part, noun, written, head)
    if numbered:
        yield from each_numbered(text, part, noun, left, numbered, written, head, first, owner)
        return
    before = _DAY_BEFORE.search(text, max(part.start, left - 20), left)
    year = year_of(before[1]) if before else None
    end, body, parties = noun.end, owner, None
    if head.kind in {"report", "judgment"}:
        maker = _MAKER.match(text, noun.end, part.end)
        if maker and not _plural_of_weak(written, head) and (maker[0].split()[0] != "of" or head.noun not in _BY_ALONE):
            end, body = maker.end(), _maker(maker[0])
            left = left if first else adjective_before(text, part, noun.start)
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
        left = adjective_before(text, part, noun.start) if parties else left
    elif re.match(r"\s+[A-Z]", text[noun.end : noun.end + 3]) and capital:
        return  # "Collective Security Treaty Organization"
    day = _OF_A_DAY.match(text, end, part.end)
    if day:
        year = year or year_of(day[1])
    span = Span(left, end)
    if not _is_a_name(
        text, part, span, noun, written, head, first, owner, continued is not None or parties is not None, end
    ):
        topic = _topic(text, part, noun, head)
        if topic and not first:
            adjective = adjective_before(text, part, noun.start)
            span = Span(adjective, topic)
        elif before and not capital and article_before(text, part, before.start()) and not noun_follows(text, noun.end):
            span, year = Span(before.start(), noun.end), year_of(before[1])
        elif day and not first and article_before(text, part, left) and head.kind != "report":
            span = Span(left, day.end())
        else:
            return
    elif first and not capital and continued is None and noun_follows(text, noun.end):
        return  # "a Minsk agreement violation"
    letters = _ACRONYM.match(text, span.end, part.end)
    name = plain(text[slice(*span)])
    if first in bodies():
        name = name.replace(plain(first), bodies()[first], 1)
    yield Name(
        span,
        name,
        head.kind,
        head.noun,
        body_of(first, body),
        year
        or year_behind(text, span.end, part.end)
        or year_of(name)
        or (year_of(act[0]) if head.kind == "law" and capital and (act := _ACT_OF.match(text, span.end)) else None),
        letters[1] if letters else None,
    )


def _without_another(continued: str) -> str:
    """Return the words behind a noun up to the next act: "of Rome | and the Treaty of Nice"."""
    for found in re.finditer(r",?\s+and\s+(?:the\s+)?(?=[A-Z])|,\s+(?=[A-Z])", continued):
        if _PART_OF_ANOTHER.match(continued, found.end()):  # "... on Human Rights | and Article 1 of ..."
            return continued[: found.start()]
        following = re.match(
            rf"(?:{CAP}\s+)*?({'|'.join(h.capitalize() for h in heads() if ' ' not in h)})\b", continued[found.end() :]
        )
        if following:
            return continued[: found.start()]
    return continued


def _goes_on(continued: str, head: Head, capital: bool, first: bool) -> bool:
    """Return whether "of ..." or "on ..." behind a noun is part of the name, and no day, place or other phrase."""
    link = continued.split()[0]
    if re.match(rf"\s+(?:of|in|on)\s+{DAY}\b", continued) or (head.kind == "report" and link != "on"):
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
        and re.search(rf"{CAP}\s(?:for|of)\s(?:the\s)?\Z", text[max(part.start, noun.start - 40) : noun.start])
    ):
        return False  # an organisation: "Institute for the Study of ..."
    if head.noun == "convention" and set(first.split()) & _EVENTS:
        return False
    if continued:
        opens = (
            noun.start == part.start or text[max(part.start, noun.start - 4) : noun.start].rstrip()[-1:] in '.!?“"‘:'
        )
        return head.strong or (capital and not (opens and head.kind != "law")) or bool(first and not only_nation)
    if end > noun.end:  # made by somebody
        if text[noun.end : end].split()[0] == "of" and _national(text[noun.end : end].split()[-1]):
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


def _maker(words: str) -> str:
    plain = re.sub(r"^\s*(?:by|of|from)\s+(?:(?:the|a|an|its)\s+)?", "", words)
    return bodies().get(plain, plain)
