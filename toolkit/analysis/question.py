"""What does the text say that bears on a question, by whom, and how surely?"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from toolkit import codebook
from toolkit.analysis.asked import NO, YES, Question
from toolkit.analysis.clauses import clauses
from toolkit.tables import Tables

ANSWER, AGAINST, UNSURE, ASKED, DEMANDED, MENTION = "answer", "against", "unsure", "asked", "demanded", "mention"
BEARINGS = {
    ANSWER: "is put as surely as the question asks, and shares a word with it",
    AGAINST: "is the same, but negated",
    UNSURE: "is hedged, reported, possible or under a condition, or foretold without a word of the question",
    ASKED: "is itself a question, or left open",
    DEMANDED: "says what should be",
    MENTION: "names the candidate and says something else of it",
}
_OF_CLAUSE = (
    *("statement_id", "sentence_id", "number", "voice", "name", "kind", "mode"),
    *("certainty", "negated", "written", "words"),
)
COLUMNS = ("doc_id", "candidate", "bearing", "by", "matched", *_OF_CLAUSE)
_UNSURE = frozenset({"hedged", "reported", "possible", "conditional"})
_OPENING = 3  # words in which a clause's subject is looked for
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_TO_COME = re.compile(r"\b(?:will|shall|would|could|might|may|going to|next|soon|future)\b", re.I)
_WHERE = re.compile(r"\b(?:where|whither)\b|:\s*(?:to|in|into|on|at)\s", re.I)


class _Match(NamedTuple):
    candidate: str
    by: str
    words: str


def question(tables: Tables, asked: Question | None) -> pd.DataFrame:
    """Return one row per candidate and clause of the body that bears on it, candidates in the question's order.

    Columns: doc_id, candidate, bearing (see BEARINGS), by (name, short form, pronoun, the question's
    words), matched (the words), statement_id, sentence_id and number, voice, name, kind, mode,
    certainty, negated, written, words. In a question of place, the name of a place that speaks as a
    government does ("Ostrelle said") counts only where it tells a place ("in Ostrelle").
    """
    rows: list[tuple[object, ...]] = []
    order = {candidate: i for i, candidate in enumerate(asked.candidates if asked else ())}
    if asked is not None and order:
        found = clauses(tables)
        texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
        whole = {r.sentence_id: texts[r.doc_id][r.start : r.end] for r in tables.sentences.itertuples(index=False)}
        sources = _sources(tables, texts)
        for doc_id, own in found[found["part"] == "body"].groupby("doc_id", sort=False):
            for match, clause in _matches(asked, list(own.itertuples(index=False)), sources[doc_id]):
                bearing = _bearing(asked, match, clause, whole[clause.sentence_id])
                told = (getattr(clause, name) for name in _OF_CLAUSE)
                rows.append((doc_id, match.candidate, bearing, match.by, match.words, *told))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values("candidate", key=lambda c: c.map(order), kind="stable").reset_index(drop=True)


def _sources(tables: Tables, texts: dict[str, str]) -> dict[str, str]:
    """Return for every document its sources, a line each."""
    out = dict.fromkeys(texts, "")
    spans = tables.attribution_spans
    for row in spans[spans["role"] == "source"].itertuples(index=False):
        out[row.doc_id] += texts[row.doc_id][row.start : row.end] + "\n"
    return out


def _matches(asked: Question, own: list[Any], sources: str) -> Iterator[tuple[_Match, Any]]:
    """Yield the clauses that bear on a candidate, with what in them does."""
    if asked.whether:
        yield from _on_the_whole(asked, own)
        return
    forms = _forms(asked.candidates)
    of_place = bool(_WHERE.search(asked.text))
    speaks = {c for c in forms for f in forms[c] if re.search(rf"^(?:the )?{f}$", sources, re.M | re.I)}
    before: tuple[Any, list[_Match]] | None = None
    for clause in own:
        here = []
        for candidate, patterns in forms.items():
            for i, form in enumerate(patterns):
                places = (m.span() for m in re.finditer(rf"(?<![\w-]){form}(?![\w-])", clause.written))
                told = candidate not in speaks or not of_place
                span = next((s for s in places if told or _as_a_place(clause.written, *s)), None)
                if span:
                    here.append(_Match(candidate, "short form" if i else "name", clause.written[slice(*span)]))
                    break
        if not here and before and before[0].paragraph == clause.paragraph:
            here = _carried(before[1], before[0], clause)
        for match in here:
            yield match, clause
        before = (clause, here) if here and here[0].by != "pronoun" else None


def _forms(candidates: tuple[str, ...]) -> dict[str, list[str]]:
    """Return for every candidate the patterns that name it: whole first, then the names in it that are its own."""
    out = {}
    for candidate in candidates:
        words = _WORD.findall(candidate)
        rest = {w for other in candidates if other != candidate for w in _WORD.findall(other)}
        own = [w for w in words if w[0].isupper() and w not in rest and not _lemmas(w.lower())]
        whole = r"[\s-]+".join(_in_every_form(word) for word in words)
        out[candidate] = [whole, *(re.escape(part) for part in own if len(words) > 1)]
    return out


def _in_every_form(word: str) -> str:
    """Return a pattern for a word: a name as it is, any other in all its forms, with or without a capital."""
    if word[0].isupper():
        return re.escape(word)
    from lemminflect import getAllInflections

    forms = {word} | {f for lemma in _lemmas(word) for of_tag in getAllInflections(lemma).values() for f in of_tag}
    return "(?i:" + "|".join(re.escape(f) for f in sorted(forms)) + ")"


def _as_a_place(written: str, start: int, end: int) -> bool:
    """Return whether a name tells a place: "in A", "the cities of A and B"; not "A’s fleet" nor "the A cabinet"."""
    after = re.match(r"[’']s\b|\s+([a-z]\w+)", written[end:])
    if after and (after[1] is None or (_is_noun(after[1]) and after[1] not in codebook.small("no matter"))):
        return False
    words = re.findall(r"\w+(?:[’'-]\w+)*|,", written[:start])
    loose = 0  # other words between the preposition and the name: "in liberated A"
    while words and loose <= 1:
        word = words.pop()
        if word.lower() in codebook.small("place preposition"):
            return True
        if word.lower() == "of":
            return bool(words) and words[-1].lower() in codebook.small("kind of place")
        loose += not (word in codebook.small("between names") or word[0].isupper())
    return False


def _carried(matches: list[_Match], clause: Any, following: Any) -> list[_Match]:
    """Return the candidate that a pronoun of the next clause means, where nothing else that is named can be meant."""
    candidate, _, name = matches[0]
    words = [w.lower() for w in _WORD.findall(following.written)]
    number = "plural pronoun" if name.endswith("s") and " " in candidate else "singular pronoun"
    pronouns = [
        w for i, w in enumerate(words) if w in codebook.small(number) and (i < _OPENING or w in {"its", "their"})
    ]
    others = _names(clause.written) - set(_WORD.findall(candidate))
    unsure = not pronouns or others or _names(following.written) or len({match.candidate for match in matches}) > 1
    return [] if unsure else [_Match(candidate, "pronoun", pronouns[0])]


def _names(written: str) -> set[str]:
    """Return the words with a capital that open nothing."""
    return {m[0] for m in _WORD.finditer(written) if m[0][0].isupper() and m.start() > 1 and m[0] != "I"}


def _on_the_whole(asked: Question, own: list[Any]) -> Iterator[tuple[_Match, Any]]:
    """Yield the clauses that speak of what a yes-or-no question asks: half of its words, and two if it has two."""
    wanted = _content(asked.text)
    yes, no = (next(c for c in asked.candidates if c.lower() == word) for word in (YES, NO))
    for clause in own:
        shared = wanted & _content(clause.written)
        if not shared or len(shared) < min(2, len(wanted)) or len(shared) * 2 < len(wanted):
            continue
        both = (yes, no) if clause.certainty == "asked" else ((no,) if clause.negated else (yes,))
        for candidate in both:
            yield _Match(candidate, "the question’s words", ", ".join(sorted(shared))), clause


def _bearing(asked: Question, match: _Match, clause: Any, sentence: str) -> str:
    """Return how a clause bears on a candidate; `sentence` is where it stands."""
    if clause.certainty in {ASKED, DEMANDED}:
        return str(clause.certainty)
    to_come = bool(_TO_COME.search(asked.text))
    of_candidates = {word for candidate in asked.candidates for word in _content(candidate)}
    shares = asked.whether or bool((_content(asked.text) - of_candidates) & _content(sentence))
    if clause.certainty in _UNSURE:
        return UNSURE if shares or match.by != "pronoun" else MENTION
    if to_come and clause.certainty == "asserted":
        return MENTION
    if not shares:
        return UNSURE if to_come else MENTION
    return AGAINST if clause.negated and not asked.whether else ANSWER


def _content(text: str) -> set[str]:
    """Return the words of a text that carry its matter, in their shortest dictionary form."""
    words = {word.lower() for word in _WORD.findall(re.sub(r"[’']s\b", "", text))}
    kept = {word for word in words - codebook.small("no matter") if len(word) > 1}
    return {min(_lemmas(word) or {word}, key=lambda w: (len(w), w)) for word in kept}


@cache
def _lemmas(word: str) -> frozenset[str]:
    from lemminflect import getAllLemmas

    return frozenset(lemma for lemmas in getAllLemmas(word).values() for lemma in lemmas)


@cache
def _is_noun(word: str) -> bool:
    from lemminflect import getAllLemmas

    found = getAllLemmas(word)
    return "NOUN" in found or ("ADJ" in found and "VERB" not in found)


def answers(asked: Question, bearing: pd.DataFrame) -> pd.DataFrame:
    """Return one row per candidate, in the question's order. Source: `question`.

    Columns: candidate, clauses, words, a column per bearing (clauses), own (clauses in which the author answers).
    """
    rows = []
    for candidate in asked.candidates:
        own = bearing[bearing["candidate"] == candidate]
        counts = own["bearing"].value_counts()
        by_author = int(((own["bearing"] == ANSWER) & (own["voice"] == "author")).sum())
        numbers = (int(counts.get(name, 0)) for name in BEARINGS)
        rows.append((candidate, len(own), int(own["words"].sum()), *numbers, by_author))
    return pd.DataFrame(rows, columns=["candidate", "clauses", "words", *BEARINGS, "own"])
