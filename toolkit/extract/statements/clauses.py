"""Clauses: a sentence cut where the voice changes, and at the borders of clauses that can be told without a parser."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook.phrases import Token, tokens
from toolkit.extract.statements.verbs import DETERMINERS, PRONOUNS, auxiliary, finite, form, predicate
from toolkit.spans import Span, innermost, merged, without

_FEWEST = 3  # words of the author's beside "X said" that may state something
_NOMINATIVE = codebook.small("sure subject")
_COORDINATE = codebook.small("coordinator")
_SUBORDINATE = codebook.small("ground")
_OPENERS = codebook.small("opener")
_MARKS_AT_ENDS = " \t\n,;:–—-"
_STOPS = frozenset(".?!…")
_SHORTEST = 3  # letters of a word that a full stop ends, and does not shorten
_WH = codebook.small("question word")
_STRONG = {";": 3, ":": 4, "–": 4, "—": 4}  # a mark that parts clauses, and how many words it asks for on either side


class Clause(NamedTuple):
    """A clause: where it stands, whose it is (None: the author's), its words; if it is asked, if quoted from before."""

    span: Span
    voice: str | None
    tokens: list[Token]
    asked: bool
    quoted: bool


def clauses(
    text: str, sentence: Span, contents: Sequence[tuple[int, int, str]], reporting: Iterable[Span]
) -> list[Clause]:
    """Return the clauses of a sentence; `reporting` (sources and cues) is none, nor what beside it has no verb.

    >>> text = "The gates leak, Mira said, but nobody mends them."
    >>> [(text[slice(*c.span)], c.voice) for c in clauses(text, Span(0, 49), [(0, 14, "a")], [Span(16, 25)])]
    [('The gates leak', 'a'), ('but nobody mends them.', None)]
    """
    pieces = innermost(sentence, contents)
    said = merged(reporting)
    found: list[Clause] = []
    waiting: list[Token] = []  # a fragment of a content that goes on behind "X said"
    waits_for: str | None = None
    for span, voice in pieces:
        kept = without(span, said)
        for region in kept:
            words = tokens(text, *region)
            if voice is not None and kept == [span]:
                if waiting and waits_for == voice:
                    words, waiting = waiting + words, []
                goes_on = any(v == voice and s.start > span.end for s, v in pieces)
                if goes_on and finite(words) < 0:
                    waiting, waits_for = words, voice
                    continue
            elif (len(pieces) > 1 or kept != [span]) and not _states(words, region.start == sentence.start):
                continue
            elif kept != [span]:
                words = _with_its_subject(text, region, said) + words
            found += _cut(text, words, voice)
        if waiting and waits_for != voice and voice is not None:
            found += _cut(text, waiting, waits_for)
            waiting = []
    return found + _cut(text, waiting, waits_for) if waiting else found


def _states(words: Sequence[Token], opens: bool) -> bool:
    """Return whether what is left beside "X said" states something: it has a verb, and does not end in "is" or "the".

    What opens the sentence does not begin with its verb ("Asked about it, X said").
    """
    own = [token for token in words if token.word[0].isalnum()]
    verb = finite(own)
    return (
        len(own) >= _FEWEST and verb >= int(opens) and not auxiliary(own[-1].word) and own[-1].word not in DETERMINERS
    )


def _with_its_subject(text: str, region: Span, said: Sequence[Span]) -> list[Token]:
    """Return the words of the source that stands directly before a stretch: "She | shut the gates and said"."""
    before = [s for s in said if s.end <= region.start and not text[s.end : region.start].strip()]
    return tokens(text, *before[-1]) if before and text[region.start : region.start + 1] not in "," else []


def _cut(text: str, words: list[Token], voice: str | None) -> list[Clause]:
    """Return the clauses of a stretch in one voice."""
    if not any(token.word[0].isalnum() for token in words):
        return []
    borders = [0, *_borders(text, words), len(words)]
    out = []
    for first, last in zip(borders, borders[1:], strict=False):
        own = words[first:last]
        start, end = own[0].start, own[-1].end
        while text[start] in _MARKS_AT_ENDS:
            start += 1
        while text[end - 1] in _MARKS_AT_ENDS:
            end -= 1
        out.append(Clause(Span(start, end), voice, own, _asked(words, first, last), _quoted(words, first)))
    return out


def _quoted(words: Sequence[Token], first: int) -> bool:
    """Return whether quotation marks are open at the first word behind a border."""
    opening = next(i for i in range(first, len(words)) if words[i].word[0].isalnum())
    marks = [token.word for token in words[:opening]]
    return marks.count("“") + marks.count("«") > marks.count("”") + marks.count("»") or marks.count('"') % 2 == 1


def _asked(words: Sequence[Token], first: int, last: int) -> bool:
    """Return whether a clause is a question: a question mark ends it, or what it opens like a question."""
    ends = next((i for i in range(first, len(words)) if words[i].word in _STOPS and _ends(words, i)), len(words) - 1)
    if words[ends].word != "?":
        return False
    opening = next((token.word for token in words[first:last] if token.word[0].isalnum()), "")
    return ends < last or auxiliary(opening) or opening in _WH


def _ends(words: Sequence[Token], i: int) -> bool:
    """Return whether nothing but marks, or a space, follows the stop at i."""
    return i + 1 == len(words) or words[i + 1].start > words[i].end or not words[i + 1].word[0].isalnum()


def _borders(text: str, words: Sequence[Token]) -> list[int]:
    """Return where clauses begin within a stretch, but at its beginning."""
    out: list[int] = []
    first = 0
    dashes = sum(token.word in "–—" for token in words)
    depth = 0
    for i, token in enumerate(words):
        depth += (token.word == "(") - (token.word == ")")
        if depth > 0 or i == 0 or i <= first:
            continue
        stop = _sentence_begins(text, words, i)
        begins = stop or _begins(words, first, i, dashes)
        if begins and predicate(words, first, i) >= 0 and (stop or token.word == ";" or predicate(words, begins) >= 0):
            out.append(begins)
            first = begins
    return out


def _sentence_begins(text: str, words: Sequence[Token], i: int) -> int:
    """Return where a sentence begins behind the stop at i, 0 for none: a quotation of two stands as one sentence."""
    if words[i].word not in _STOPS or i + 2 >= len(words) or words[i + 1].start == words[i].end:
        return 0
    before = words[i - 1].word
    shortened = words[i].word == "." and (len(before) < _SHORTEST or before in codebook.words("titles", "title"))
    following = words[i + 1] if words[i + 1].word[0].isalnum() else words[i + 2]
    return 0 if shortened or not text[following.start].isupper() else i + 1


def _begins(words: Sequence[Token], first: int, i: int, dashes: int) -> int:
    """Return where a clause begins at the mark or conjunction at i, 0 for none."""
    word = words[i].word
    if word in _STRONG:
        if word in "–—" and dashes > 1:
            return 0
        enough = _STRONG[word]
        return i + 1 if min(_words(words[first:i]), _words(words[i + 1 :])) >= enough else 0
    after_comma = words[i - 1].word == ","
    if after_comma and _still_opening(words, first, i):
        return 0
    if word in _SUBORDINATE:
        sure = after_comma or word in {"because", "although", "whereas"}
        return i if sure and _clause_follows(words, i + 1) else 0
    if word in _COORDINATE:
        following = words[i + 1].word if i + 1 < len(words) else ""
        if after_comma and (_clause_follows(words, i + 1) or (word in {"but", "yet"} and _verb(words, i + 1))):
            return i
        if following in _NOMINATIVE and finite(words, i + 1, min(i + 5, len(words))) >= 0:
            return i
        if following == "that" and words[first].word == "that" and _clause_follows(words, i + 2):
            return i
    return 0


def _still_opening(words: Sequence[Token], first: int, i: int) -> bool:
    """Return whether what stands before i is a clause that waits for its main clause ("If it rains, and ...")."""
    opener = next((token.word for token in words[first:i] if token.word[0].isalnum()), "")
    return opener in _OPENERS and not any(token.word == "," for token in words[first : i - 1])


def _clause_follows(words: Sequence[Token], at: int) -> bool:
    """Return whether a subject and, not far off, a finite verb stand at a place."""
    if at >= len(words):
        return False
    subject = words[at].word in PRONOUNS | DETERMINERS | {"one", "nobody"} or form(words[at].word) == ""
    stop = next((j for j in range(at, len(words)) if words[j].word in {";", ":"}), len(words))
    comma = next((j for j in range(at, stop) if words[j].word == ","), stop)
    return subject and at < predicate(words, at, comma if comma - at > 1 else stop)


def _verb(words: Sequence[Token], at: int) -> bool:
    return at < len(words) and (auxiliary(words[at].word) or form(words[at].word) in {"past", "s"})


def _words(words: Sequence[Token]) -> int:
    return sum(token.word[0].isalnum() for token in words)
