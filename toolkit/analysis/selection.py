"""Whose words, of which texts? One way to choose voices and documents, for every count of words."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import numpy as np
import pandas as pd

from toolkit.analysis.tokens import tokens
from toolkit.analysis.voices import AUTHOR
from toolkit.errors import SelectionError
from toolkit.tables import Tables

Voice = str | Iterable[str]
OTHERS = "others"
SPLITS = {"document": "doc_id", "voice": "name", "kind": "kind", "mode": "mode"}
By = str | Mapping[str, Voice] | None
_NAMED_AT_MOST = 12
GROUP = "group"


def selected(
    tables: Tables, voice: Voice | None = None, documents: Voice | None = None, parts: Iterable[str] = ("body",)
) -> pd.DataFrame:
    """Return the tokens of the chosen voices, documents and parts; see `chosen`."""
    return tokens(tables).iloc[chosen(tables, voice, documents, parts)]


def chosen(
    tables: Tables, voice: Voice | None = None, documents: Voice | None = None, parts: Iterable[str] = ("body",)
) -> np.ndarray:
    """Return the places of the tokens of the chosen voices, documents and parts.

    A voice is "author", "others" (all but the author), a kind ("named", "unnamed", "unidentified"), an
    actor by name or by a part of it that fits nobody else, or an actor_id; several of them make a group.

    Raises
    ------
    SelectionError
        When a voice or document is not there, a name fits several, or nothing is left; it says what there is.
    """
    words = tokens(tables)
    in_parts = _among(words["part"], parts)
    keep = in_parts
    if documents is not None:
        keep = keep & _among(words["doc_id"], _documents(tables, documents))
    if voice is not None:
        keep = keep & spoken_by(tables, voice)
    places = np.flatnonzero(keep)
    if not len(places):
        whose = "" if voice is None else f" of {_shown(voice)}"
        there = _listed(_most_first(words.loc[in_parts, "name"])) or "nobody"
        raise SelectionError(f"no word{whose} is in what is chosen: words in the body have {there}")
    return places


def spoken_by(tables: Tables, voice: Voice) -> np.ndarray:
    """Return for every token whether one of the voices has it."""
    words = tokens(tables)
    keep = np.zeros(len(words), bool)
    for one in [voice] if isinstance(voice, str) else voice:
        if one == OTHERS:
            keep |= ~_among(words["voice"], [AUTHOR])
        elif one in words["kind"].cat.categories:
            keep |= _among(words["kind"], [one])
        elif one in words["voice"].cat.categories:
            keep |= _among(words["voice"], [one])
        else:
            keep |= _among(words["name"], [actor(tables, one)])
    return keep


def actor(tables: Tables, name: str) -> str:
    """Return the full name of the one actor that a name, or a part of it, fits.

    Raises
    ------
    SelectionError
        When it fits nobody, or several.
    """
    names = _most_first(tokens(tables)["name"])
    exact = [full for full in names if full.lower() == name.lower()]
    wanted = set(name.lower().split())
    fitting = exact or [full for full in names if wanted and wanted <= set(full.lower().split())]
    if not fitting:
        near = get_close_matches(name, names, n=_NAMED_AT_MOST, cutoff=0.5)
        others = [full for full in names if full not in near]
        raise SelectionError(f"no actor {name!r}: voices are {_listed([*near, *others])}")
    if len(fitting) > 1:
        raise SelectionError(f"{name!r} fits several actors: write more of one of {_listed(fitting)}")
    return str(fitting[0])


def grouped(tables: Tables, words: pd.DataFrame, by: By) -> "tuple[pd.Series[str] | None, str]":
    """Return the group of every token, missing where it is in none, and the name of the column for it.

    The groups are in the order of the texts, of the words that voices have, or of the groups given.

    `by` is "document", "voice" (by the names of voices), "kind" or "mode"; or groups of one's own, as
    {"ministers": ["Lark", "Voss"], "the author": "author"}.

    Raises
    ------
    SelectionError
        When there is no such way to split, or a group's voice is not there.
    """
    if by is None:
        return None, ""
    if isinstance(by, str):
        if by not in SPLITS:
            raise SelectionError(
                f"words cannot be split by {by!r}: there are {', '.join(SPLITS)}, or give groups as {{name: voices}}"
            )
        split = words[SPLITS[by]]
        # texts in their order, voices by how much they say
        return (split if by == "document" else split.cat.set_categories(_most_first(split))), SPLITS[by]
    code = np.full(len(tokens(tables)), -1)
    for i, voice in enumerate(by.values()):
        code[spoken_by(tables, voice)] = i
    labels = pd.Categorical.from_codes(code[words.index.to_numpy()], categories=pd.Index(list(by), dtype="str"))
    return pd.Series(labels, index=words.index), GROUP


def known(words: pd.DataFrame, word: str) -> str:
    """Return a word as tokens have it.

    Raises
    ------
    SelectionError
        When it is not among the tokens, naming words like it.
    """
    there = words["word"].cat.categories
    plain = word.lower().replace("’", "'")
    if plain not in there or not (words["word"] == plain).any():
        near = get_close_matches(plain, words["word"].cat.remove_unused_categories().cat.categories, n=5, cutoff=0.6)
        like = (
            f"like it are {_listed(near)}" if near else "none is like it; tk.frequency lists the words that there are"
        )
        raise SelectionError(f"no word {word!r} in what is chosen: {like}")
    return plain


def _among(column: "pd.Series[str]", values: Iterable[str]) -> np.ndarray:
    """Return for every token whether a column without missing values has one of these."""
    wanted = np.isin(column.cat.categories.to_numpy(object), list(values))
    among: np.ndarray = wanted[column.array.codes]
    return among


def _documents(tables: Tables, documents: Voice) -> list[str]:
    wanted = [documents] if isinstance(documents, str) else list(documents)
    there = tables.documents["doc_id"].tolist()
    for doc_id in wanted:
        if doc_id not in there:
            raise SelectionError(f"no document {doc_id!r}: there are {_listed(there)}")
    return wanted


def _most_first(names: "pd.Series[str]") -> list[str]:
    """Return the names of voices, those with the most words first, of as many in the order of the text."""
    counts = names.value_counts(sort=False)
    first = names.drop_duplicates().reset_index(drop=True)
    place = dict(zip(first, first.index, strict=True))
    return sorted((n for n in counts.index if counts[n]), key=lambda n: (-counts[n], place[n]))


def _shown(voice: Voice) -> str:
    return repr(voice) if isinstance(voice, str) else ", ".join(map(repr, voice)) or "nobody"


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
