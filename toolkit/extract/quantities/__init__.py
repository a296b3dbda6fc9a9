"""Quantities: one row per number with what it counts."""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from toolkit import codebook
from toolkit.codebook.nouns import counted, is_plural, known, may_be_a_noun, phrase
from toolkit.codebook.units import Unit
from toolkit.extract.quantities.amounts import Amount, amounts
from toolkit.extract.quantities.excluded import excluded
from toolkit.spans import Span, merged, overlapping
from toolkit.tables import conform
from toolkit.tables.contracts import QUANTITIES
from toolkit.tables.reading import by_document, paragraphs

_OF = re.compile(r"\s+of(?=\s)(?:\s+(?:the|its|their|his|her|our|your|my|all|these|those|a|an))*(?:\s+\d[\d,]*)?(?=\s)")
_IN = re.compile(r"\s+(?:in|worth\s+of|for)(?=\s+[a-z])")
_ARTICLE = re.compile(
    r"\b(?:a|an|the|its|their|his|her|our|this|that|new|another|no|any|every|each)\s+$", re.IGNORECASE
)
_HYPHENED = re.compile(r"[-‑]([^\W\d_]+)")
_WITHIN = re.compile(r"\bwithin\s\Z", re.IGNORECASE)
_BACK = 40


def quantities(
    documents: pd.DataFrame, sentences: pd.DataFrame, dates: pd.DataFrame, references: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per number of headlines and bodies that counts or measures something, in reading order.

    A row's words are the number with its unit, or with the noun that it counts, and what says how it is meant ("about",
    "at most"): "2.3 billion euros", "at most 18 ships", "40 percent" (of what stands in `counted`). What lies in one of
    the `dates` or `references` (doc_id, start, end) is left out; so are years, days, times, ages, scores, ordinals,
    numbers in names, and those that point back ("the two sides").
    """
    rows: list[dict[str, object]] = []
    own_sentences = by_document(sentences[sentences["part"].isin(["headline", "body"])])
    elsewhere = [by_document(frame) for frame in (dates, references)]
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        taken = merged((row.start, row.end) for of in elsewhere for row in of.get(doc_id, ()))
        found = [f for part in paragraphs(own_sentences.get(doc_id, [])) for f in _found(text, part, taken)]
        money = _own_money(text, found)
        for amount, span, end in found:
            noun = text[slice(*span)] if span else None
            unit = amount.unit.name
            if not unit and noun and noun in money:
                unit, noun = noun, None
            rows.append(
                {
                    "quantity_id": f"{doc_id}/q/{amount.start}-{end}",
                    "doc_id": doc_id,
                    "start": amount.start,
                    "end": end,
                    "low": amount.low,
                    "high": amount.high,
                    "approximate": amount.near,
                    "unit": unit or None,
                    "counted": noun,
                }
            )
    return conform(pd.DataFrame(rows), QUANTITIES)


def _found(text: str, part: Span, taken: Sequence[Span]) -> Iterator[tuple[Amount, Span | None, int]]:
    """Yield the quantities of a paragraph: the amount, what is counted, and where the expression ends."""
    for amount in amounts(text, *part):
        if overlapping((amount.start, amount.end), taken):
            continue
        noun, end = _counted(text, amount, part.end)
        if not excluded(text, amount, noun, *part):
            yield amount, noun, end


def _counted(text: str, amount: Amount, stop: int) -> tuple[Span | None, int]:
    """Return what a number counts, and where the whole expression ends."""
    end = amount.end
    of = _OF.match(text, end, stop)
    if amount.unit.name or amount.form == "share":
        if (
            of
            and amount.unit.kind in {"measure", "time"}
            and _WITHIN.search(text, max(0, amount.start - 8), amount.start)
        ):
            return None, end  # "within 30 km of the border"
        if of:
            return phrase(text, of.end(), stop), end
        if amount.unit.kind == "money" and (inside := _IN.match(text, end, stop)):
            noun = phrase(text, inside.end(), stop)
            return (noun if noun and may_be_a_noun(text[slice(*noun)].split()[-1]) else None), end  # "in early trading"
        before = text[max(0, amount.start - _BACK) : amount.start]
        if amount.form == "share" or amount.unit.kind == "share":
            return (counted(text, end, stop) if amount.form == "share" else None), end
        if not (amount.unit.kind == "money" or _singular_unit(text, amount)):
            return None, end
        article = _ARTICLE.search(before) or re.match(r"an?\b", text[amount.start : end], re.IGNORECASE)
        return (phrase if article else counted)(text, end, stop), end
    if amount.hyphen:
        compound = _HYPHENED.match(text, end, stop)
        if compound and compound[1].lower() in codebook.small("number in a compound"):
            noun = phrase(text, compound.end(), stop)
            return noun, compound.end()
        if compound and amount.form == "digits" and known(compound[1]):
            return phrase(text, compound.end(), stop), compound.end()
        return None, end
    if amount.form == "vague" and of:
        noun = counted(text, of.end(), stop)
        return noun, noun.end if noun else end
    noun = counted(text, end, stop)
    if noun is None and re.search(r"(?:\b1|\bone)\Z", text[amount.start : end], re.IGNORECASE):
        noun = phrase(text, end, stop)
    if noun:
        return noun, noun.end
    return (counted(text, of.end(), stop) if of else None), end


def _singular_unit(text: str, amount: Amount) -> bool:
    word = re.split(r"[\s-]", text[amount.start : amount.end])[-1]
    return not is_plural(word)


def _own_money(text: str, found: Sequence[tuple[Amount, Span | None, int]]) -> frozenset[str]:
    """Return the nouns that name a currency in this text: the dictionary lacks them, and something costs so many."""
    out = set()
    for amount, span, _ in found:
        if span is None or amount.unit != Unit("", ""):
            continue
        noun = text[slice(*span)]
        before = set(re.findall(r"[a-z]+", text[max(0, amount.start - 24) : amount.start].lower()))
        if noun.islower() and noun.isalpha() and not known(noun) and before & codebook.small("price"):
            out.add(noun)
    return frozenset(out)
