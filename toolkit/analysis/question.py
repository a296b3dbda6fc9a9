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

ANSWERS, DENIES, WEAKENS, ASKS, DEMANDS, NAMES = "answers", "denies", "weakens", "asks", "demands", "names"
BEARINGS = {
    ANSWERS: "is put as surely as the question asks, and shares a word with it",
    DENIES: "the same, with “not”",
    WEAKENS: "is hedged, reported, possible or under a condition; or, where the question is on what is to come, foretold "
    "without a word of it",
    ASKS: "is itself a question, or left open",
    DEMANDS: "says what should be",
    NAMES: "names the candidate, and says something else of it",
}
COLUMNS = (
    *("doc_id", "candidate", "bearing", "by", "matched", "statement_id", "sentence_id", "number", "voice", "name", "kind"),
    *("mode", "certainty", "negated", "written", "words"),
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NEXT = re.compile(r"\b(?:will|shall|would|could|might|may|going to|next|soon|future)\b", re.I)
_WHERE = re.compile(r"\b(?:where|whither)\b|:\s*(?:to|in|into|on|at)\s", re.I)
_AT = frozenset(
    "to in into towards toward near from at over around through on off behind outside inside across via beyond between "
    "against upon past reach reaches including".split()
)
_PLACES = frozenset(
    "city cities town towns port ports region regions territory territories coast outskirts suburbs direction north south "
    "east west shore shores harbour harbor island islands village villages capital gates streets control".split()
)
_BESIDE = frozenset("and or , even the both then".split())
_SINGULAR, _PLURAL = frozenset("it its itself there".split()), frozenset("they their them themselves there".split())
_SMALL = frozenset(
    "a an the to of in on at by for from with and or but not no who whom whose what which where when why how will would shall "
    "should can could may might must is are was were be been do does did has have had it its they their he his she her "
    "this that these those there next now then so if as than about into over after before up out more most".split()
)


class _Match(NamedTuple):
    candidate: str
    by: str
    words: str


def question(tables: Tables, asked: Question | None) -> pd.DataFrame:
    """Return one row per candidate and clause of the body that bears on it, candidates in the question's order.

    Columns: doc_id, candidate, bearing (see BEARINGS), by (name, short form, pronoun, the question's
    words), matched (the words), statement_id, sentence_id and number, voice, name, kind, mode,
    certainty, negated, written, words. For a question of place, a place that speaks as a
    government does ("Ostrelle said") counts only where the words tell a place ("in Ostrelle").
    """
    found = clauses(tables)
    found = found[found["part"] == "body"]
    rows: list[tuple[object, ...]] = []
    if asked is not None and asked.candidates:
        texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
        spoken = _sources(tables)
        for doc_id, own in found.groupby("doc_id", sort=False):
            for match, clause in _matches(asked, list(own.itertuples(index=False)), texts[doc_id], spoken[doc_id]):
                bearing = _bearing(asked, match, clause, _sentence(tables, texts[doc_id], clause))
                rows.append((doc_id, match.candidate, bearing, match.by, match.words, *_told(clause)))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    order = {candidate: i for i, candidate in enumerate(asked.candidates if asked else ())}
    return frame.sort_values("candidate", key=lambda c: c.map(order), kind="stable").reset_index(drop=True)


def _told(clause: Any) -> tuple[object, ...]:
    return tuple(getattr(clause, name) for name in COLUMNS[5:])


def _sources(tables: Tables) -> dict[str, str]:
    """Return for every document the words of its sources."""
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    out = dict.fromkeys(texts, "")
    spans = tables.attribution_spans
    for row in spans[spans["role"] == "source"].itertuples(index=False):
        out[row.doc_id] += texts[row.doc_id][row.start : row.end] + "\n"
    return out


def _sentence(tables: Tables, text: str, clause: Any) -> str:
    row = tables.sentences[tables.sentences["sentence_id"] == clause.sentence_id].iloc[0]
    return text[int(row["start"]) : int(row["end"])]


def _matches(asked: Question, own: list[Any], text: str, sources: str) -> Iterator[tuple[_Match, Any]]:
    """Yield the clauses that bear on a candidate, with what in them does."""
    if asked.whether:
        yield from _on_the_whole(asked, own)
        return
    forms = _forms(asked.candidates)
    of_place = bool(_WHERE.search(asked.text))
    speaks = {c for c in asked.candidates if any(re.search(rf"^(?:the )?{re.escape(f)}$", sources, re.M | re.I) for f in forms[c])}
    before: tuple[Any, list[_Match]] | None = None
    for clause in own:
        here = []
        for candidate in asked.candidates:
            for i, form in enumerate(forms[candidate]):
                found = re.search(rf"(?<![\w-]){form}(?![\w-])", clause.written)
                if found and not (of_place and candidate in speaks and not _as_a_place(clause.written, *found.span())):
                    here.append(_Match(candidate, "name" if i == 0 else "short form", found[0]))
                    break
        if not here and before and before[0].paragraph == clause.paragraph:
            here = _carried(before[1], before[0], clause)
        for match in here:
            yield match, clause
        before = (clause, here) if here and here[0].by != "pronoun" else None


def _forms(candidates: tuple[str, ...]) -> dict[str, list[str]]:
    """Return for every candidate the patterns that name it: whole first, then the parts that are its own."""
    out = {}
    for candidate in candidates:
        words = _WORD.findall(candidate)
        whole = r"[\s-]+".join(_in_every_form(word) for word in words)
        rest = {w for other in candidates if other != candidate for w in _WORD.findall(other)}
        parts = [w for w in words if w[0].isupper() and w not in rest and not _lemmas(w.lower())] if len(words) > 1 else []
        out[candidate] = [whole, *(re.escape(part) for part in parts)]
    return out


def _in_every_form(word: str) -> str:
    """Return a pattern for a word: a name as it is, any other in all its forms, with or without a capital."""
    if word[0].isupper():
        return re.escape(word)
    from lemminflect import getAllInflections

    forms = {word} | {f for lemma in _lemmas(word) for of_tag in getAllInflections(lemma).values() for f in of_tag}
    return "(?i:" + "|".join(re.escape(f) for f in sorted(forms)) + ")"


def _as_a_place(written: str, start: int, end: int) -> bool:
    """Return whether a name tells a place where it stands: "in A", "the cities of A and B"; not "A’s fleet", "the A cabinet"."""
    after = re.match(r"[’']s\b|\s+([a-z]\w+)", written[end:])
    if after and (after[1] is None or (_is_noun(after[1]) and after[1] not in _SMALL)):
        return False
    words = re.findall(r"\w+(?:[’'-]\w+)*|,", written[:start])
    loose = 0
    while words:
        word = words.pop()
        if word.lower() in _AT:
            return True
        if word.lower() == "of":
            return bool(words) and words[-1].lower() in _PLACES
        if word in _BESIDE or word[0].isupper():
            continue
        loose += 1
        if loose > 1:
            return False
    return False


def _carried(matches: list[_Match], clause: Any, following: Any) -> list[_Match]:
    """Return the candidate that a pronoun of the clause behind means, where no other can be meant."""
    only = {match.candidate for match in matches}
    if len(only) != 1:
        return []
    name = matches[0].words
    others = [w for w in _names(clause.written) if w not in _WORD.findall(matches[0].candidate)]
    meant = _PLURAL if name.endswith("s") and " " in matches[0].candidate else _SINGULAR
    opening = [w.lower() for w in _WORD.findall(following.written)]
    found = next((w for w in opening[:3] if w in meant), None) or next((w for w in opening if w in meant & {"its", "their"}), None)
    if others or found is None or _names(following.written):
        return []
    return [_Match(matches[0].candidate, "pronoun", found)]


def _names(written: str) -> list[str]:
    """Return the words with a capital that open nothing."""
    return [m[0] for m in _WORD.finditer(written) if m[0][0].isupper() and m.start() > 1 and m[0] != "I"]


def _on_the_whole(asked: Question, own: list[Any]) -> Iterator[tuple[_Match, Any]]:
    """Yield the clauses that speak of what a yes-or-no question asks: most of its words, or the one that it has."""
    wanted = _content(asked.text)
    yes, no = (next(c for c in asked.candidates if c.lower() == word) for word in (YES, NO))
    for clause in own:
        shared = wanted & _content(clause.written)
        if not shared or len(shared) < min(2, len(wanted)) or len(shared) * 2 < len(wanted):
            continue
        words = ", ".join(sorted(shared))
        both = (yes, no) if clause.certainty == "asked" else ((no,) if clause.negated else (yes,))
        for candidate in both:
            yield _Match(candidate, "the question’s words", words), clause


def _bearing(asked: Question, match: _Match, clause: Any, sentence: str) -> str:
    """Return how a clause bears on a candidate."""
    if clause.certainty == "asked":
        return ASKS
    if clause.certainty == "demanded":
        return DEMANDS
    if clause.certainty in {"hedged", "reported", "possible", "conditional"}:
        return WEAKENS
    to_come = bool(_NEXT.search(asked.text))
    of_candidates = {word for c in asked.candidates for word in _content(c)}
    shares = asked.whether or bool((_content(asked.text) - of_candidates) & _content(sentence))
    if to_come and clause.certainty == "asserted":
        return NAMES
    if not shares:
        return WEAKENS if clause.certainty == "predicted" and to_come else NAMES
    return DENIES if clause.negated and not asked.whether else ANSWERS


def _content(text: str) -> set[str]:
    """Return the words of a text that carry its matter, in their dictionary form."""
    out = set()
    for word in _WORD.findall(text.replace("’s", "").replace("'s", "")):
        small = word.lower()
        if small not in _SMALL and len(small) > 1:
            lemmas = _lemmas(small)
            out.add(min(lemmas, key=lambda w: (len(w), w)) if lemmas else small)
    return out


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

    Columns: candidate, clauses, words, a column per bearing (clauses), own (clauses in which the
    author answers), voices (names of others who answer, parted by "; ").
    """
    rows = []
    for candidate in asked.candidates:
        own = bearing[bearing["candidate"] == candidate]
        counts = own["bearing"].value_counts()
        answering = own[own["bearing"] == ANSWERS]
        others = answering.loc[answering["voice"] != "author", "name"]
        rows.append(
            (
                candidate,
                len(own),
                int(own["words"].sum()),
                *(int(counts.get(name, 0)) for name in BEARINGS),
                int((answering["voice"] == "author").sum()),
                "; ".join(dict.fromkeys(others)),
            )
        )
    return pd.DataFrame(rows, columns=["candidate", "clauses", "words", *BEARINGS, "own", "voices"])
