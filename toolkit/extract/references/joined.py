"""Joined: which references mean one act, and what "this document", "the treaty" and "Article 4" point to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook.instruments import heads
from toolkit.codebook.nouns import singular
from toolkit.extract.references.forms import Name, noun_follows
from toolkit.spans import Span, containing

_SMALL = frozenset(
    {"the", "a", "an", "of", "on", "for", "and", "against", "to", "in", "between", "relating", "concerning"}
)
_REMEMBERED = 60  # acts among which a pointer's is looked for
_FEW = 5  # sentences over which "the pact" may mean what was called otherwise
_ITSELF = frozenset(
    {
        "convention",
        "protocol",
        "memorandum",
        "charter",
        "constitution",
        "deal",
        "amendment",
        "code",
        "statute",
        "communiqué",
        "communique",
    }
)
_DOCUMENT = frozenset({"document", "documents"})
_PLAIN_ARTICLE = re.compile(r"Art(?:icle)?s?\b", re.IGNORECASE)
_UNIT = r"(?:Articles?|Arts?\.|Sections?|Chapters?|Annex|Paragraphs?|Clauses?)"
_ONE = r"(?:\d+(?:\.\d+)*[a-z]?|[IVX]+\b)(?:\s?\(\w{1,4}\))*"
_ARTICLES = re.compile(
    rf"\b(?i:{_UNIT})\s(?P<numbers>{_ONE}(?:(?:,\s|,?\s(?:and|or|to)\s|[–-]){_ONE})*)"
    rf"(?:,?\s(?:of|in)\s(?i:article)\s(?P<of>{_ONE}))?"
)
_OF_WHICH = re.compile(r",?\s+(?:of|in)\s+(?=\S)|\s+(?=[A-Z])")  # or as jurists write: "Article 6 ECHR"
_ARTICLE_BEFORE_NAME = re.compile(
    r"(?:the|this|that|its|their|a|an|his|her|our)\s+(?:[\w-]+(?:\s[A-Z][\w-]*)*[’']s?\s+)?|[A-Z]\w+(?:\s[A-Z]\w+)*[’']s?\s+",
    re.IGNORECASE,
)
_ITS = re.compile(r"\b(?:its|their|whose)\s+\Z", re.IGNORECASE)
_NO_ADJECTIVE = r"(?:the|this|that|these|those|an?|its|their|of|to|in|on|by|for|with|and|or|from|as|is|was|at|under)\b"
_OWNED = re.compile(r"[’']s?\s+$")
_OWNER = re.compile(r"([A-Z]\w+(?:\s[A-Z]\w+)*)[’']s?\s+$")


@dataclass
class Instrument:
    """An act or document of one text, with what is known of it, and where it has been named so far."""

    title: str
    kind: str
    head: str
    words: frozenset[str]
    number: str | None
    body: str | None
    year: int | None
    letters: set[str] = field(default_factory=set)
    at: list[int] = field(default_factory=list)
    articles: dict[str, int] = field(default_factory=dict)

    @property
    def plural(self) -> bool:
        """Return whether several are meant together: "Security Council resolutions"."""
        own = heads().get(self.head)
        return (
            self.number is None
            and own is not None
            and self.title.lower().split()[-1] in heads()
            and (self.title.lower().split()[-1] != own.noun and self.head == "resolution")
        )

    @property
    def several(self) -> bool:
        """Return whether the name is in the plural, and so has no articles of its own: "the Minsk agreements"."""
        return re.search(rf"\b{re.escape(self.head)}s\b", self.title, re.IGNORECASE) is not None


class Pointer(NamedTuple):
    """Words that point to an act or document: the place of the whole, of the noun, and the words before the noun."""

    span: Span
    noun: str
    before: tuple[str, ...]


def words_of(name: str) -> frozenset[str]:
    """Return the words by which a name is told apart.

    >>> sorted(words_of("Charter of the United Nations"))
    ['charter', 'un']
    """
    plain = name.lower().replace("u.n.", "un").replace("united nations", "un").replace("’", "'")
    return frozenset(singular(w) for w in re.findall(r"[\w'-]+", plain) if w not in _SMALL)


class Instruments:
    """The acts and documents of a text, as they are met."""

    def __init__(self, sentences: Sequence[Span]) -> None:
        """Begin with none; the sentences say what stands near what."""
        self.known: list[Instrument] = []
        self._by_number: dict[str | None, list[Instrument]] = {}
        self._last: dict[int, Instrument] = {}
        self.starts = [s.start for s in sentences]

    def of(self, name: Name) -> Instrument:
        """Return the one that a name means, a new one where none fits."""
        words = words_of(name.instrument)
        alike = self._by_number.get(name.number, [])
        found = next((i for i in alike if self._same(i, name, words)), None) or self._part(name, words)
        if found is None:
            found = Instrument(name.instrument, name.kind, name.head, words, name.number, name.body, name.year)
            self.known.append(found)
            self._by_number.setdefault(name.number, []).append(found)
        elif len(words) > len(found.words):
            found.title, found.words, found.head = name.instrument, words, name.head
        found.body, found.year = found.body or name.body, found.year or name.year
        if name.letters:
            found.letters.add(name.letters)
        self.mention(found, name.span.start)
        return found

    def mention(self, instrument: Instrument, at: int) -> None:
        """Note that one is referred to at a place; what a pointer means is looked for among those met last."""
        instrument.at.append(at)
        self._last.pop(id(instrument), None)
        self._last[id(instrument)] = instrument

    def _before(self) -> list[Instrument]:
        return list(islice(reversed(self._last.values()), _REMEMBERED))

    def _same(self, known: Instrument, name: Name, words: frozenset[str]) -> bool:
        if name.number or known.number:
            apart = bool(known.body and name.body and known.body != name.body)
            return known.number == name.number and known.kind == name.kind and not apart
        if name.instrument in known.letters:
            return True
        apart = bool(known.year and name.year and known.year != name.year)
        return words == known.words and known.kind == name.kind and not apart

    def _part(self, name: Name, words: frozenset[str]) -> Instrument | None:
        """Return the only one whose name holds all words of this one, or the other way round."""
        if name.number or len(words) < 2:
            return None
        fit = [
            i
            for i in self._by_number.get(None, [])
            if i.kind == name.kind
            and len(i.words) > 1
            and (words < i.words or i.words < words)
            and not (i.year and name.year and i.year != name.year)
        ]
        return fit[0] if len(fit) == 1 and not fit[0].plural else None

    def pointed(self, pointer: Pointer) -> tuple[Instrument | None, bool]:
        """Return what a pointer means, if it is sure, and whether it points to anything of the text at all."""
        own = heads().get(pointer.noun)
        more = {w for w in pointer.before if w not in codebook.small("points back")}
        fit = [
            i
            for i in self._before()
            if (pointer.noun in _DOCUMENT or (own is not None and _family(i) == own.family)) and more <= i.words
        ]
        if pointer.noun in _DOCUMENT:
            fit = [i for i in fit if not i.plural and i.kind != "judgment"]
        many = pointer.noun.endswith("s") and pointer.noun not in {i.head for i in fit}
        if many:
            together = [i for i in fit if i.plural]
            return (together[0] if len(together) == 1 and len(fit) == 1 else None), False
        fit = [i for i in fit if not i.plural] or fit
        same = [i for i in fit if own is not None and i.head == own.noun]
        near = same or (
            []
            if pointer.noun in _ITSELF and not more
            else [i for i in fit if more or self._near(i, pointer.span.start)]
        )
        return self._nearest(near), bool(near)

    def _near(self, instrument: Instrument, at: int) -> bool:
        """Return whether an act was named a few sentences before a place."""
        return containing(self.starts, at) - containing(self.starts, instrument.at[-1]) <= _FEW

    def _nearest(self, fit: Sequence[Instrument]) -> Instrument | None:
        """Return the one named last, None where another is named in the same sentence."""
        last = sorted(fit, key=lambda i: -i.at[-1])
        if not last:
            return None
        if len(last) > 1:
            first, second = (i.at[-1] for i in last[:2])
            if containing(self.starts, first) == containing(self.starts, second):
                return None
        return last[0]

    def just_named(self, start: int) -> Instrument | None:
        """Return the one named last since a place, that "its Article 4" is of."""
        last = next(reversed(self._last.values()), None)
        return last if last and last.at[-1] >= start else None

    def with_article(self, article: str) -> Instrument | None:
        """Return what an article without its treaty belongs to: what it was said to be of before, or the only one."""
        before = self._before()
        cited = sorted((i for i in before if article in i.articles), key=lambda i: -i.articles[article])
        if cited:
            return cited[0]
        with_articles = [i for i in before if i.articles]
        of_kind = [
            i for i in before if i.kind in {"treaty", "charter", "constitution"} and not i.plural and not i.several
        ]
        some = with_articles if len(with_articles) == 1 else of_kind
        return some[0] if len(some) == 1 else self._nearest(with_articles) if with_articles else None


def _family(instrument: Instrument) -> str:
    own = heads().get(instrument.head)
    return own.family if own else instrument.kind


@cache
def _pointing() -> re.Pattern[str]:
    nouns = sorted([*heads(), *_DOCUMENT], key=len, reverse=True)
    return re.compile(
        rf"\b(?i:the|this|that|said|these|those|a|an|its|their)\s+((?:(?!{_NO_ADJECTIVE})[a-z][\w-]*\s+){{0,3}}?)"
        rf"((?i:{'|'.join(nouns)}))(?![\w-])(?!\s+between\s+[A-Z])"
    )


def pointers(text: str, part: Span) -> Iterator[Pointer]:
    """Yield what may point to an act or document: "this document", "the bilateral treaty"."""
    for found in _pointing().finditer(text, *part):
        noun, before = " ".join(found[2].lower().split()), tuple(singular(w.lower()) for w in found[1].split())
        determiner = found[0].split()[0].lower()
        if noun_follows(text, found.end()) or set(before) & (
            codebook.words("closed_class", "word") - {"same", "other"}
        ):
            continue
        if determiner in {"a", "an"} and len(before) < 2:
            continue
        at = found.start(1) if determiner in {"a", "an"} else found.start()
        yield Pointer(Span(at, found.end()), noun, before)


class Cited(NamedTuple):
    """An article or section: its place, as numbered, and where the words of what it is of begin (or None)."""

    span: Span
    article: str
    of: int | None
    plain: bool  # "Article 4", which says by itself that it is of a treaty or law


def articles(text: str, part: Span) -> Iterator[Cited]:
    """Yield the articles and sections that a paragraph cites."""
    for found in _ARTICLES.finditer(text, *part):
        numbers = [re.sub(r"\s", "", n) for n in re.split(r",\s|,?\s(?:and|or)\s", found["numbers"])]
        article = f"{found['of']}({', '.join(numbers)})" if found["of"] else ", ".join(numbers)
        of = _OF_WHICH.match(text, found.end(), part.end)
        at = None
        if of:
            determiner = _ARTICLE_BEFORE_NAME.match(text, of.end(), part.end)
            at = determiner.end() if determiner else of.end()
        yield Cited(Span(*found.span()), article, at, bool(_PLAIN_ARTICLE.match(found[0])))


def owner(text: str, part: Span, at: int) -> str | None:
    """Return who owns what begins at a place: "NATO’s Article 5"."""
    found = _OWNER.search(text, max(part.start, at - 40), at)
    return found[1] if found else None


def its(text: str, at: int) -> bool:
    """Return whether what begins at a place is of what was just named: "its Article 4"."""
    return _ITS.search(text, max(0, at - 8), at) is not None


def owned_by(text: str, end: int, at: int) -> bool:
    """Return whether what ends at one place owns what begins at the other: "the Charter’s Article 51"."""
    return 0 < at - end <= 4 and _OWNED.fullmatch(text[end:at]) is not None
