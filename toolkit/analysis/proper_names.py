"""Which of the mentions that people marked in a corpus are proper names, and where in the mention the name stands."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.spans import Span

_TYPES = frozenset({"person", "organization", "place"})
_WORD = re.compile(r"[^\W_](?:[\w.&]|[-’'](?=\w))*")
_ENDS = re.compile(r"[,;:(\[\n|]|\s[–—-]+\s|\s(?:who|whom|whose|which|that|where|when)\b|[’'](?=\s|\Z)")
_SUFFIX = re.compile(r",\s+(?:Inc|Ltd|LLC|Jr|Sr)\b\.?")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_OF_PERSONS = "de del der den van von la le el al bin ibn da di du dos y e the"
_OWN_JOINS = frozenset(_OF_PERSONS.split())  # within a person's name
_JOINS = _OWN_JOINS | {"of", "for", "and", "&", "on"}
_PRONOUNS = frozenset(["i", "you", "he", "she", "it", "we", "they", "him", "her", "them", "us", "me", "who"])
_PREPOSITIONS = frozenset(["of", "in", "on", "at", "to", "from", "for", "with", "by", "near", "and", "or", "as"])


def proper_names(document: Mapping[str, Any]) -> list[tuple[str, Span]]:
    """Return (type, span) of the proper names that head the mentions of persons, organizations and places.

    The head of a mention is what is left without its determiners and describing words in front, and without
    what follows a comma, a bracket, a dash, a relative word or, for a person, a preposition. It is a proper name
    where each word but such as "of" and "the" begins with a capital letter and no common noun follows ("the Ontario
    courts" is headed by "courts"). No proper name are: a title alone ("the Secretary"), the people of a state
    ("Americans"), a pronoun, several persons joined by "and" (each counts by itself), and a single word that opens
    its sentence and stands nowhere else with a capital, unless the corpus gives its Wikipedia identity. A
    possessive ending is no part of a name. Of names that overlap the longest counts.
    """
    text: str = document["text"]
    opens = {start for start, _ in document["sentences"]}
    found = []
    for mention in document["mentions"]:
        if mention["type"] in _TYPES and (name := _head(text, Span(*mention["span"]), mention["type"], opens)):
            alone = " " not in text[slice(*name)] and name.start in opens and not mention["identity"]
            if not alone or re.search(rf"[a-z,;] {re.escape(text[slice(*name)])}\b", text):
                found.append((mention["type"], name))
    kept: list[tuple[str, Span]] = []
    for kind, name in sorted(found, key=lambda n: (n[1].start - n[1].end, n[1].start)):
        if all(name.end <= k.start or k.end <= name.start for _, k in kept):
            kept.append((kind, name))
    return sorted(kept, key=lambda n: n[1])


def _head(text: str, mention: Span, kind: str, opens: set[int]) -> Span | None:
    end = mention.end
    for border in _ENDS.finditer(text, mention.start + 1, mention.end):
        if suffix := _SUFFIX.match(text, border.start(), mention.end):
            end = suffix.end()
            continue
        end = border.start()
        break
    words = [Span(*m.span()) for m in _WORD.finditer(text, mention.start, end)]
    first = next(
        (
            i
            for i, w in enumerate(words)
            if text[w.start].isupper()
            and not _small(text, w)
            and not (w.start in opens and i + 1 < len(words) and _common(text, words[i + 1]))
        ),
        None,
    )
    if first is None or any(_common(text, w) and text[slice(*w)] in _PREPOSITIONS for w in words[:first]):
        return None
    joins = _OWN_JOINS if kind == "person" else _JOINS
    last = first
    for i in range(first + 1, len(words)):
        word = text[slice(*words[i])]
        if word[0].isupper() or (word[0].isdigit() and i > first):
            if _POSSESSIVE.search(text[slice(*words[last])]) and i == last + 1 and last - first > 0:
                return None  # what is owned is meant, by a whole name
            last = i
        elif word not in joins:
            break
    if last + 1 < len(words):
        after = text[slice(*words[last + 1])]
        if after in ("and", "or") and kind == "person":
            return None
        if after not in _PREPOSITIONS | {"the"}:
            return None
        if kind == "person" and after in ("of", "at", "to") and first == last:
            return None  # "Emperor of ...": a rank
    stop = words[last].end
    if _POSSESSIVE.search(text[slice(*words[last])]):
        if last + 1 < len(words):
            return None
        stop -= len(_POSSESSIVE.findall(text[slice(*words[last])])[0])
    return Span(words[first].start, stop) if _is_name(text, words[first : last + 1], kind) else None


def _is_name(text: str, words: Sequence[Span], kind: str) -> bool:
    lower = [_POSSESSIVE.sub("", text[slice(*w)]).lower().rstrip(".") for w in words]
    if any(w in _PRONOUNS for w in lower) or (len(lower) == 1 and lower[0] in codebook.words("closed_class", "word")):
        return False
    ranks = codebook.words("titles", "title") | codebook.words("speakers", "noun", kind="person")
    bare = [_POSSESSIVE.sub("", text[slice(*w)]) for w in words]
    described = [w for w, b in zip(lower, bare, strict=True) if not nations.nationality(b) and w not in _JOINS]
    if kind == "person" and all(w in ranks or w.removesuffix("s") in ranks for w in described):
        return False
    return bool(described)


def _small(text: str, word: Span) -> bool:
    written = text[slice(*word)].lower()
    return any(written in codebook.words("function_words", "word", use=use) for use in ("determiner", "indefinite"))


def _common(text: str, word: Span) -> bool:
    return text[word.start].islower()
