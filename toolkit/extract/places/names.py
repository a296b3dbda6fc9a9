"""Names of places: which words of a text stand for a place, by the gazetteer, the tagger and the words beside them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import gazetteer, nations
from toolkit.codebook.gazetteer import Place
from toolkit.spans import Overlaps, Span

_WORD = r"[^\W\d_a-zß-öø-ÿ][^\W_]*(?:[-’'][^\W_]+|\.(?=[^\W\d_]\.))*"
_CAPITALISED = re.compile(rf"(?<![\w’'-]){_WORD}")
# a name goes on over small words and after "St.": Isle of Man, Rio de Janeiro, St. Louis
_NEXT = re.compile(rf"\.?[ \n](?:(?:of|de|do|da|del|la|el|and|the|es|al|upon|on|le|les) )*(?P<word>{_WORD}\.?)")
_LONGEST = 6  # words of a name
_HEADS = "region|oblast|province|district|governorate|prefecture|raion|county|valley"
_AREA = re.compile(rf"\s(?:{_HEADS}|{_HEADS.title()})\b(?!s)")
_AREAS = re.compile(rf"(?:(?:,? and | or |, ){_WORD})* (?:{_HEADS})s\b")
_COMMA = re.compile(r",\s(?P<short>(?:[A-Z]\.\s?[A-Z][a-z]*\.(?:[A-Z]\.)*|[A-Z][\w’'-]*\.?(?:\s[A-Z][\w’'-]*)*))")
_AGAINST = re.compile(r"\bvs?\.? (?:the )?\Z")  # before who is sued: "Renn v. Port"
_BEFORE = re.compile(r"(?P<word>[\w’'.-]+)[ \n]\Z")
_AFTER = re.compile(r"[ \n](?P<word>[^\W\d_a-zß-öø-ÿ][\w’'-]*)")
_CALENDAR = frozenset(
    {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    }
)
_BEYOND_DOUBT = 6.3  # some two million: more often the place than the word
_WELL_KNOWN = 5.2  # the weight from which on a name needs no further sign: some 150,000 inhabitants


class Name(NamedTuple):
    """A name that stands for a place: where, its key, its places in the gazetteer, whether a comma tells which."""

    span: Span
    key: str
    candidates: tuple[Place, ...]
    qualified: bool = False


class Hints(NamedTuple):
    """What is known of names: the tagger's kind (person, organization, place), and whether a state or a place is meant.

    `uses` are of nations, `unknown` of what the tagger takes for places and the codebook does not know.
    """

    labels: "Labels"
    uses: "Labels"
    unknown: Mapping[Span, str]


class Labels:
    """What is known of stretches of a text."""

    def __init__(self, known: Mapping[Span, str]) -> None:
        self._known = list(known.items())
        self._overlaps = Overlaps(known)

    def over(self, span: Span) -> list[tuple[Span, str]]:
        """Return the stretches that share a character with a span, in their order, with what is known of each."""
        return [self._known[i] for i in self._overlaps(span)]


def names(text: str, read: Sequence[Span], hints: Hints) -> list[Name]:
    """Return the names in the sentences `read` that stand for places, in order."""
    found: list[Name] = []
    for sentence in read:
        at = sentence.start
        while word := _CAPITALISED.search(text, at, sentence.end):
            name = _name_at(text, word, sentence, hints)
            found += [name] if name else []
            at = name.span.end if name else word.end()
    known, inside = Overlaps(n.span for n in found), Overlaps(read)
    for span, use in hints.unknown.items():
        apart = not known(span) and any(read[i].start <= span.start and span.end <= read[i].end for i in inside(span))
        if use == "place" and apart and not _looked_up(text, span) and not _is_of_a_body(text, span):
            found.append(Name(span, text[slice(*span)], ()))
    return sorted(found, key=lambda n: n.span)


def _is_of_a_body(text: str, span: Span) -> bool:
    """Tell whether a name that no gazetteer has is that of a body, a meeting or a party to a case: "Port Alliance"."""
    words = text[slice(*span)].split()
    bodies = codebook.words("speakers", "noun", kind="institution")
    heads = {words[0].lower()} if len(words) > 1 and words[1].islower() else {words[-1].lower()}
    goes_on = re.compile(rf" {_WORD}").match(text, span.end)
    numbered = any(c.isdigit() for c in text[slice(*span)])
    return (
        bool(heads & bodies)
        or numbered
        or (goes_on is not None)
        or _AGAINST.search(text, max(0, span.start - 8), span.start) is not None
    )


def _name_at(text: str, word: re.Match[str], sentence: Span, hints: Hints) -> Name | None:
    """Return the longest name of the gazetteer that begins with a word, None where no place is meant."""
    ends = [word.end()]
    while len(ends) < _LONGEST and (more := _NEXT.match(text, ends[-1], sentence.end)):
        ends += [more.end("word") - 1] if text[more.end("word") - 1] == "." else []
        ends.append(more.end("word"))
    span = next((s for end in reversed(ends) if _looked_up(text, s := Span(word.start(), end))), None)
    if span is None:
        return None
    candidates = _looked_up(text, span)
    comma = _COMMA.match(text, span.end, sentence.end)
    fitting = _fitting(candidates, comma["short"]) if comma else ()
    if not _is_meant(text, span, sentence, fitting or candidates, bool(fitting), hints):
        return None
    area = _AREA.match(text, span.end, sentence.end)
    if candidates[0].kind == "town" and (area or _AREAS.match(text, span.end, sentence.end)):
        span = Span(span.start, area.end()) if area else span
        candidates = tuple(c._replace(kind="province") for c in candidates if c.kind == "town")
        return Name(span, text[slice(*span)], candidates)
    return Name(span, gazetteer.folded(text[slice(*span)]), fitting or candidates, bool(fitting))


def _looked_up(text: str, span: Span) -> tuple[Place, ...]:
    written = " ".join(text[slice(*span)].split())
    found = gazetteer.places(written)
    return found or (gazetteer.places(written.title()) if written.isupper() and len(written) > 3 else ())


def _fitting(candidates: Sequence[Place], short: str) -> tuple[Place, ...]:
    """Return the candidates that lie where the words behind a comma say: "Texas", "Ont.", "France"."""
    words = short.split()
    for n in range(len(words), 0, -1):
        part = " ".join(words[:n])
        for form in (part, part.rstrip(".")):
            if told := gazetteer.after_comma(form):
                return tuple(
                    c for c in candidates if c.country in told and told[1] in {None, c.region} and c.kind != "state"
                )
    return ()


def _is_meant(
    text: str, span: Span, sentence: Span, candidates: Sequence[Place], qualified: bool, hints: Hints
) -> bool:
    """Tell whether a name of the gazetteer stands for a place here, by its neighbours, the tagger and its use."""
    covering = hints.labels.over(span)
    before = _BEFORE.search(text, sentence.start, span.start)
    previous = before["word"] if before else ""
    article = previous.lower() == "the"
    ahead = _BEFORE.search(text, sentence.start, before.start()) if before and article else before
    located = bool(ahead and ahead["word"].lower() in _locatives())
    written = text[slice(*span)]
    if _AGAINST.search(text, max(sentence.start, span.start - 8), span.start):
        return False
    if written in _CALENDAR or (nations.nationality(written) is not None and not nations.state(written)):
        return False
    longer = previous != "in" and any(_is_longer(text, s, span) for s, _ in covering)
    kinds = {kind for _, kind in covering} - {"place"}
    town = candidates[0].kind in {"town", "state"}
    if kinds and (longer or not (located or qualified or (kinds == {"organization"} and not town))):
        return False
    if (use := _use(span, hints)) and not qualified:
        return use == "place"
    if longer:
        return False
    if covering or qualified:
        return True
    after = _AFTER.match(text, span.end, sentence.end)
    goes_on = bool(after and after["word"] not in _CALENDAR)
    goes_on |= previous[:1].isupper() and before is not None and before.start() > sentence.start and not located
    known = candidates[0].weight >= _WELL_KNOWN
    if _is_word(written) and candidates[0].weight < _BEYOND_DOUBT:
        return known and (located or (article and candidates[0].kind != "town")) and not goes_on
    return (known or located) and not goes_on


def _use(span: Span, hints: Hints) -> str | None:
    """Return how the name of a nation that a span holds is meant, None where it holds none."""
    return next((use for s, use in hints.uses.over(span) if s.start <= span.start and span.end <= s.end), None)


def _is_longer(text: str, tagged: Span, span: Span) -> bool:
    """Tell whether a name of the tagger has more capitalised words than a name in it, in one piece."""
    around = (
        text[min(tagged.start, span.start) : span.start],
        text[span.end : max(tagged.end, span.end)].split(",")[0],
    )
    return any(w[0].isupper() for part in around for w in part.split())


@cache
def _locatives() -> frozenset[str]:
    """Return the words right before a name that make a place of it; "of" and "on" stand before all sorts."""
    return codebook.words("metonymy", "word", slot="before", use="place") - {"of", "on", "past", "over", "under", "up"}


@cache
def _is_word(written: str) -> bool:
    """Tell whether a name is also an ordinary word, such as "reading" or "nice"."""
    from lemminflect import getAllLemmas

    return " " not in written and bool(getAllLemmas(written.lower()))
