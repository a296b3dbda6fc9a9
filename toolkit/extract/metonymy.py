"""Metonymy: whether a country's or a capital's name means the state, the place, or only whose something is.

"Moscow denied it" is about a state, "in Moscow" about a place, "Moscow officials" about neither. What
tells is the word before the name, the verb of which it is the subject or the object, and what it possesses.
"""

import re
from bisect import insort
from collections.abc import Mapping
from functools import cache

import pandas as pd

from toolkit import codebook
from toolkit.codebook import gazetteer, nations
from toolkit.source.vocabulary import Vocabulary
from toolkit.spans import Overlaps, Span, containing, overlapping
from toolkit.tables.reading import by_document

COLUMNS = ("doc_id", "start", "end", "use", "code")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*|[^\w\s“”„«»\"]")  # quotation marks change nothing here
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\s))")
_MODAL = frozenset({"will", "would", "can", "could", "may", "might", "must", "should", "shall", "cannot"})
_BE = frozenset({"is", "was", "are", "were", "be", "been", "being", "isn't", "wasn't"})
_HAVE = frozenset({"has", "had", "have", "having"})
_SKIPPED = frozenset(
    {
        "also",
        "too",
        "now",
        "later",
        "again",
        "always",
        "never",
        "still",
        "since",
        "then",
        "once",
        "even",
        "long",
        "not",
        "yet",
        "already",
        "itself",
        "soon",
        "often",
        "ever",
        "just",
        "first",
        "instead",
        "nevertheless",
        "both",
        "all",
    }
)
_ARTICLE = frozenset({"the", "a", "an", "all", "its", "nearby", "even", "only", "both", "neither", "either", "not"})
_PREPOSITIONS = frozenset(
    {"of", "in", "on", "to", "for", "with", "from", "by", "at", "and", "against", "over", "is", "has"}
)
_WITH_ARTICLE = frozenset({"US", "U.S.", "UK", "U.K.", "DPRK", "USA"})
_AND = frozenset({"and", "or", "nor", "&"})
_AMOUNT = frozenset({"more", "fewer", "less", "some", "about", "around", "nearly", "almost", "over", "many", "few"})
_TIME = frozenset(
    {
        "year",
        "day",
        "week",
        "month",
        "hour",
        "minute",
        "time",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "century",
        "decade",
    }
)
_NOT_A_HEAD = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|[IVX]+|I|President|Prime|Mr|Ms|Mrs"
)
_AFTER_A_VERB = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "it",
        "them",
        "that",
        "to",
        "this",
        "these",
        "no",
        "on",
        "for",
        "in",
        "with",
        "at",
        "into",
    }
)
_ADJECTIVE_OF_A_PEOPLE = re.compile(r"\w{2,}(?:ians?|eans?|ese|ish)\Z")
_BEFORE = re.compile(r"[^\W\d_]+ (?:of )?\Z")
_AFTER = re.compile(r" [^\W\d_]+")
_LONGEST_WORD = 30  # letters looked at before a name
_FARTHEST = 4  # words before a preposition among which its noun or verb is looked for
_LONGEST = 12  # words between two commas that may stand between a subject and its verb


def uses(documents: pd.DataFrame, sentences: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return one row per name of a state, a capital, a seat of government, a people, or a place that the tagger found.

    Columns: doc_id, start, end, use (state, place or nationality) and code (ISO 3166, missing where the
    codebook does not know the name).
    """
    rows: list[tuple[str, int, int, str, str | None]] = []
    sentences_of, names_of = by_document(sentences), by_document(names)
    for key, text in zip(documents["doc_id"], documents["text"], strict=True):
        spans = [Span(s.start, s.end) for s in sentences_of.get(key, ())]
        starts = [s.start for s in spans]
        labels = {Span(n.start, n.end): n.kind for n in names_of.get(key, ())}
        bodies = [label for label, kind in labels.items() if kind == "organization"]
        near = Overlaps(bodies)
        for span, code in sorted(_found(text, labels).items()):
            home = spans[containing(starts, span.start)] if spans else span
            if home.start <= span.start and span.end <= home.end:
                how = use(text[slice(*home)], span.start - home.start, span.end - home.start)
                # within the name of an institution, a name only says whose it is
                within = not text.endswith(" in ", 0, span.start) and any(_holds(bodies[i], span) for i in near(span))
                rows.append((key, *span, "nationality" if within else how, code))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"use": "str", "code": "str", "doc_id": "str"})


def _found(text: str, labels: Mapping[Span, str]) -> dict[Span, str | None]:
    """Return the names of nations in a text with their codes, and the places of the tagger wherever they are named."""
    persons = [span for span, kind in labels.items() if kind == "person"]
    near = Overlaps(persons)

    def in_a_persons(span: Span) -> list[Span]:
        return [persons[i] for i in near(span) if _holds(persons[i], span)]

    found = {
        span: m.code
        for m in nations.mentions(text)
        for span in [Span(m.start, m.end)]
        if not in_a_persons(span) and not _goes_on(text, span)
    }
    taken = sorted(found)
    vocabulary = Vocabulary(text)
    places = [span for span, kind in labels.items() if kind == "place"]
    names = {text[slice(*span)] for span in places}
    for name in sorted(names, key=lambda n: (-len(n), n)):  # a longer name before one that it holds
        bare = name[4:] if name.lower().startswith("the ") else name
        for span in vocabulary.whole(bare, before="-", behind="-"):
            if not overlapping(span, taken) and not in_a_persons(span):
                found[span] = None
                insort(taken, span)
    return found


def _goes_on(text: str, span: Span) -> bool:
    """Tell whether a nation's name is a part of a place's: New Mexico, the Gulf of Guinea, the Niger Delta."""
    before, after = _BEFORE.search(text, max(span.start - _LONGEST_WORD, 0), span.start), _AFTER.match(text, span.end)
    wholes = [(m.start(), span.end) for m in [before] if m] + [(span.start, m.end()) for m in [after] if m]
    return any(any(p.kind != "state" for p in gazetteer.places(text[a:b])) for a, b in wholes)


def _holds(longer: Span, span: Span) -> bool:
    """Tell whether a name has words beside those of a span, but for an article."""
    inside = longer.start <= span.start and span.end <= longer.end
    return inside and (span.start - longer.start > 4 or span.end < longer.end)


def use(sentence: str, start: int, end: int) -> str:
    """Return how the name sentence[start:end] is meant: "state", "place" or "nationality".

    >>> use("Lima signed it.", 0, 4), use("He left for Lima.", 12, 16), use("Lima officials met.", 0, 4)
    ('state', 'place', 'nationality')
    """
    written = sentence[start:end]
    if nations.nationality(written) is not None and not nations.state(written):
        return "nationality"
    if " " in written and written.split()[-1].lower() in _landforms() and not nations.state(written):
        return "place"
    before = [m[0] for m in _TOKEN.finditer(sentence, 0, start)]
    possessive = _POSSESSIVE.match(sentence, end)
    after = [m[0] for m in _TOKEN.finditer(sentence, possessive.end() if possessive else end)]
    if possessive:
        return _possessor(after)
    located = _before(before)
    bare = located if before[-1:] != ["the"] or written in _WITH_ARTICLE else None
    if _modifies(written, sentence[end : end + 1], after, bare):
        return "nationality"
    return located or _subject(before, _without_coordination(after)) or _object(before) or _headline(before, after)


def _possessor(after: list[str]) -> str:
    """Return what somebody is whose nouns follow: a city has streets, a state has demands."""
    heads = _words("head", "place")
    phrase = _until_mark(after)[:3]
    end = next((i for i, t in enumerate(phrase) if t in _PREPOSITIONS or t[0].isupper()), len(phrase))
    near = [_lemma(t, "NOUN") for t in phrase[:end]]
    return "place" if any(noun in heads for noun in near) else "state"


def _without_coordination(tokens: list[str]) -> list[str]:
    """Return the tokens without the other names that a name is listed with, at their beginning.

    >>> _without_coordination(["and", "Dushanbe", "promised"]), _without_coordination(["nor", "its", "allies", "met"])
    (['promised'], ['met'])
    """
    at = 0
    while at < len(tokens) and (tokens[at] in _AND or (tokens[at] == "," and len(tokens) > at + 1)):
        to = at + 1 + (tokens[at] == "," and tokens[at + 1] in _AND)
        named = to
        while named < len(tokens) and (tokens[named][:1].isupper() or tokens[named] in {"the", "The"}):
            named += 1
        if (
            named == to
            and tokens[at] in _AND
            and len(tokens) > to + 1
            and tokens[to] in {"its", "the", "their", "other", "several"}
        ):
            named = to + 2
        if named == to or (tokens[at] == "," and not _lists_on(tokens[named:])):
            break
        at = named
    return tokens[at:]


def _lists_on(tokens: list[str]) -> bool:
    """Tell whether what follows a comma and a name is more of a list, and no apposition."""
    return any(t in _AND for t in tokens[:3]) or (tokens[:1] == [","] and any(t in _AND for t in tokens[:6]))


def _modifies(written: str, following: str, after: list[str], located: str | None) -> bool:
    """Tell whether a name only says whose or of where the noun after it is: Kyiv officials, the US Treasury."""
    if following != " " or not after:
        return False
    word = after[0]
    if word[0].isupper():
        return not _NOT_A_HEAD.fullmatch(word)
    if (not word.isalpha() and "-" not in word) or word in _SKIPPED | _AFTER_A_VERB | _MODAL | _BE | _HAVE | _AND:
        return False
    if word in _PREPOSITIONS | _words("before", "place") | _words("before", "state"):
        return False
    senses = _senses(word) or frozenset({"NOUN"})
    noun = "NOUN" in senses and _lemma(word, "NOUN") not in _TIME
    if not noun or "ADV" in senses:
        return False
    if "VERB" not in senses:
        return True
    next_word = after[1] if len(after) > 1 else ""
    if located or _ADJECTIVE_OF_A_PEOPLE.search(written):
        return bool(_ADJECTIVE_OF_A_PEOPLE.search(written)) and not located
    return next_word not in _AFTER_A_VERB and _finite(next_word)


def _before(before: list[str]) -> str | None:
    """Return what the word before a name makes of it, with the noun or verb before a preposition."""
    heads = _words("head", "place")
    if len(before) > 1 and before[-1] in {",", "of"} and before[-2].lower() in heads:
        return "place"
    before = _without_article(_without_coordination(_without_article(before)[::-1])[::-1])
    if not before:
        return None
    word = before[-1].lower()
    if word not in _words("before", "place") | _words("before", "state"):
        return None
    clause = _until_mark(before[-2::-1])[:_FARTHEST]
    lemmas = [{_lemma(t, "NOUN"), _lemma(t, "VERB"), t.lower()} for t in clause]
    if word in _words("before", "state"):
        bound = word == "for" and any(found & _words("governor", "place") for found in lemmas)
        return "place" if bound or any(found & heads for found in lemmas[:1]) else "state"
    if word in {"to", "from", "on", "of", "between", "towards", "toward", "over", "at"}:
        for found in lemmas:
            if found & _words("governor", "state"):
                return "state"
            if found & (heads | _words("governor", "place")):
                return "place"
    return "place"


def _subject(before: list[str], after: list[str]) -> str | None:
    """Return what the verb makes of a name that is its subject, None where no verb follows."""
    asked = before[-1].lower() if before else ""
    rest = _skipped(after)
    if asked in _MODAL | _HAVE and rest:
        return _predicate([asked, *rest])
    if asked in _BE and rest and (rest[0].lower() in _words("adjective", "state") or rest[0].endswith("ing")):
        return _predicate([asked, *rest])
    if (
        before
        and asked not in {"that", "if", "when", "as", "because"}
        and _acts_on(asked)
        and not (rest and _finite(rest[0]))
    ):
        return None
    if rest[:1] and rest[0].lower() in {"that", "which", "who"} and len(before) > 1 and asked in _BE:
        rest = _skipped(rest[1:])
    return _predicate(rest) if rest else None


def _predicate(rest: list[str]) -> str | None:
    word = rest[0].lower()
    following = _skipped(rest[1:])
    then = following[0].lower() if following else ""
    if word in _MODAL:
        return _predicate(following) if then in _BE | _HAVE else _of_verb(then)
    if word in _HAVE:
        if then in _BE:
            return _predicate(following)
        return "place" if then in _AMOUNT or then[:1].isdigit() else _of_verb(then) or "state"
    if then == "by" or then in _words("adjective", "state"):
        return "state" if _finite(word) else None  # it may stand by somebody, or stand ready
    if word in _BE:
        if then in _BE:
            return _predicate(following)
        if then in _words("adjective", "state"):
            return "state"
        if "VERB" in _senses(then) and then.endswith("ing"):
            return _of_verb(then)
        listed = _lemma(then, "VERB") in _words("passive", "state")
        return "state" if listed and then.endswith(("d", "t", "n", "de")) else "place"
    return _of_verb(word) if _finite(word) else None


def _of_verb(word: str) -> str | None:
    """Return what the subject of an active verb is: a state, but of verbs such as "lie"."""
    if "VERB" not in _senses(word):
        return None
    return "place" if _lemma(word, "VERB") in _words("subject", "place") else "state"


def _object(before: list[str]) -> str | None:
    """Return what the verb right before a name makes of it."""
    before = _without_article(before)
    word = before[-1].lower() if before else ""
    if word == "over" and len(before) > 1 and _acts_on(before[-2].lower()):
        return "state"
    if not _acts_on(word):
        return None
    return "place" if _lemma(word, "VERB") in _words("object", "place") else "state"


def _headline(before: list[str], after: list[str]) -> str:
    """Return what a name means that no verb tells of: at a headline's head, with a colon or "to", a state."""
    opens = not before or not any(t[0].isalnum() for t in before)
    if opens and (after[:1] == [":"] or (after[:1] == ["to"] and len(after) > 1 and "VERB" in _senses(after[1]))):
        return "state"
    return "place"


def _skipped(tokens: list[str]) -> list[str]:
    """Return the tokens from the first that may be a verb: without a part in commas, and without adverbs."""
    while tokens:
        word = tokens[0].lower()
        if tokens[0] == ",":
            to = next((i for i, t in enumerate(tokens[1 : _LONGEST + 2], 1) if t == ","), None)
            if to is None or to + 1 == len(tokens):
                return tokens[1:]
            tokens = tokens[to + 1 :]
        elif word in _SKIPPED or (word.endswith("ly") and "ADV" in _senses(word)):
            tokens = tokens[1:]
        else:
            break
    return tokens


def _without_article(before: list[str]) -> list[str]:
    while before and before[-1].lower() in _ARTICLE:
        before = before[:-1]
    return before


def _until_mark(tokens: list[str]) -> list[str]:
    at = next((i for i, t in enumerate(tokens) if not t[0].isalnum()), len(tokens))
    return tokens[:at]


def _finite(word: str) -> bool:
    """Tell whether a word can be the verb of a sentence."""
    word = word.lower()
    return word in _MODAL | _HAVE | _BE or ("VERB" in _senses(word) and not word.endswith("ing"))


def _acts_on(word: str) -> bool:
    """Tell whether a word may be a verb that has an object."""
    small = word in _MODAL | _HAVE | _BE | _ARTICLE | _SKIPPED or word in codebook.words("function_words", "word")
    return not small and "VERB" in _senses(word)


@cache
def _landforms() -> frozenset[str]:
    """Return the words that make a place of a name that ends in one: Strait, Islands, Bank."""
    return codebook.words("function_words", "word", use="place-word") | _words("head", "place")


@cache
def _senses(word: str) -> frozenset[str]:
    from lemminflect import getAllLemmas

    return frozenset(getAllLemmas(word.lower())) if word.isalpha() or "-" in word else frozenset()


@cache
def _lemma(word: str, part: str) -> str:
    from lemminflect import getLemma

    found = getLemma(word.lower(), upos=part)
    return found[0] if found else word.lower()


@cache
def _words(slot: str, meant: str) -> frozenset[str]:
    return codebook.words("metonymy", "word", slot=slot, use=meant)
