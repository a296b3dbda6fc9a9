"""Standing: what the words beside a person's name say that they are, and where."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.nouns import known
from toolkit.extract.actors.names import TOKEN, singular

_LONGEST = 160  # characters: what is told of a person right behind the name
_BEHIND = re.compile(
    r"(?:,\s+|\s+\()(?:(?:a|an|the|its|his|her|their)\s+)?(?:(?P<owner>[\w’'-]+?)[’']s?\s+)?"
    r"(?P<role>(?:[^\W\d_][\w’'-]*\s+){0,7}?[^\W\d_][\w’'-]*)"
    r"(?P<at>(?:\s+(?:of|at|for|from|with|in)\s+(?:the\s+|its\s+)?[^,.;()—–]*)?)"
    r"(?=[,.;()]|\s[–—]|\Z|\s(?:who|said|says|told)\b)"
)
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'&-]*"
_SMALL = r"(?:(?:of|for|the|and|on|de|da|do|di|du|des|del|la|&)\s+)*"
_NAMED = rf"(?P<body>{_WORD}(?:\s+{_SMALL}{_WORD})*(?:\s+(?:cent(?:er|re)|department|office|desk|unit|bureau)\b)?"
_NAMED += rf"(?:\s+(?:at|of)\s+(?:the\s+)?{_WORD}(?:\s+{_SMALL}{_WORD})*)*)"
_BODY = re.compile(rf"\b(?:of|at|for|from|with|in)\s+(?:the\s+)?{_NAMED}")
_OF = re.compile(rf",?\s+(?:of|at|from|with)\s+(?:[Tt]he\s+)?{_NAMED}")
_TO = re.compile(r"\s(?:to|under|and)\s+(?:[a-z]+\s){0,3}(?=[^\W\d_a-z])")  # "adviser to President Voss"
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx"})
_SCHOLAR = re.compile(r"[a-z]{4,}(?:ist|ician|ologer)s?\Z")
_FIELD = re.compile(r"[a-z]{2}(?:ologist|onomist|ographer|icist|iatrist)\Z")
# generals who command nobody: "attorney general", "director-general"
_CIVIL = frozenset(("attorney", "solicitor", "director", "secretary", "surgeon", "inspector", "governor", "consul"))
_CIVIL |= frozenset({"prosecutor", "auditor", "comptroller", "postmaster", "procurator", "registrar"})
# what says little by itself: "chief economist", "deputy commander"
_RANKS = frozenset(
    {"chief", "vice", "prime", "deputy", "chairman", "chairwoman", "leader", "representative", "director"}
)
_PAST = frozenset({"former", "ex", "retired", "late", "onetime", "ousted", "deposed"})
_CLASSES = ("official", "military", "expert", "journalist", "witness")


class Standing(NamedTuple):
    """What a person is, in the text's words, and the body that they belong to; None where nothing tells."""

    role: str | None
    affiliation: str | None


def behind(text: str, end: int, stop: int | None = None) -> Standing:
    """Return what an apposition says of the person whose name ends at an offset.

    stop: where the source's words end: "at" and "with" tell of a body there alone, else of where it was said.

    >>> behind("Mira Voss, head of the soil unit at the Orrin Institute, said", 9)
    Standing(role='head of the soil unit', affiliation='Orrin Institute')
    """
    of = _OF.match(text, end, min(len(text), end + _LONGEST))
    if of and (text.startswith((" of ", ","), end) or (stop is not None and of.end() <= stop)):
        return Standing(None, of["body"])
    found = _BEHIND.match(text, end, min(len(text), end + _LONGEST))
    told = described(f"{found['role']}{found['at']}") if found else Standing(None, None)
    return told._replace(affiliation=found["owner"]) if found and found["owner"] and told.role else told


def described(words: str) -> Standing:
    """Return what a description says, where one of its first words tells of a role.

    >>> described("head of the centre at the Orrin Academy")
    Standing(role='head of the centre', affiliation='Orrin Academy')
    """
    told = TOKEN.findall(words)[:5]
    if not any(is_role(t) for t in told):
        return Standing(None, None)
    words = _TO.split(words)[0]
    body = _BODY.search(words)
    front = before(words[: body.start()] if body else words)
    return Standing(front.role, body["body"] if body else front.affiliation)


def before(words: str, opens: bool = False, bodies: Collection[str] = ()) -> Standing:
    """Return what the words before a name say: "former Upper House deputy", "Orrin University economist".

    opens: whether a sentence begins with them, so that the first word's capital says nothing. bodies: names known to be
    of bodies.

    >>> before("former Upper House deputy ")
    Standing(role='former deputy', affiliation='Upper House')
    """
    if body := _BODY.search(words):
        return Standing(before(words[: body.start()], opens, bodies).role, body["body"])
    left_out = codebook.words("function_words", "word", use="determiner")
    kept = [t for t in TOKEN.findall(words) if t.lower().rstrip(".") not in _HONORIFICS]
    while kept and kept[0].lower() in left_out:
        kept.pop(0)
    of_nation = {i for i, t in enumerate(kept) if nations.nation(t) or nations.nation(" ".join(kept[i : i + 2]))}
    of_nation |= {i + 1 for i in of_nation if nations.nation(" ".join(kept[i : i + 2])) and not nations.nation(kept[i])}
    runs: list[list[int]] = []
    for i, token in enumerate(kept[:-1]):
        goes_on = bool(runs) and runs[-1][-1] == i - 1
        in_body = _is_body(kept[i + 1]) or (goes_on and _is_body(token)) or token in bodies
        of_land = i in of_nation and not (goes_on and nations.state(token))  # "Guild Norway", but "Norwegian Guild"
        if of_land or token.islower() or (is_role(token) and not in_body):
            continue
        if opens and not i and known(token) and not (in_body or _is_body(token)):
            continue  # a sentence's capital
        if goes_on:
            runs[-1].append(i)
        else:
            runs.append([i])
    named = [run for run in runs if _names_a_body([kept[i] for i in run], opens and run[0] == 0, bodies)]
    inside = {i for run in named for i in run}
    role = [
        t if (i in of_nation and i not in inside) or _is_acronym(t) else t.lower()
        for i, t in enumerate(kept)
        if i not in inside
    ]
    return Standing(" ".join(role) or None, " ".join(kept[i] for i in named[0]) if named else None)


def roles(words: Iterable[str]) -> set[str]:
    """Return what words of a title call somebody, one by one; a general who commands nobody is none.

    >>> sorted(roles(["Attorney", "General"])), sorted(roles(["ex-minister"]))
    (['attorney'], ['ex', 'minister'])
    """
    listed = codebook.speaks_as()
    parts = [p for w in words for p in ([w.lower()] if w.lower() in listed else w.lower().rstrip(".").split("-"))]
    return {
        part
        for part, before, behind in zip(parts, ["", *parts], [*parts[1:], ""], strict=False)
        if part and not (part == "general" and before in _CIVIL) and not (part == "chief" and behind == "executive")
    }


def speaks_as(called: set[str], affiliation: str | None) -> str | None:
    """Return what a person speaks as, by what the text calls them and the body that they belong to.

    >>> speaks_as({"head"}, "Orrin Academy"), speaks_as({"former", "minister"}, None)
    ('expert', 'former official')
    """
    listed = codebook.speaks_as()
    told = {role: listed[role] for role in called if role in listed}
    told |= dict.fromkeys((role for role in called - listed.keys() if is_scholar(role)), "expert")
    strong = {c for role, c in told.items() if role not in _RANKS}
    classes = strong or set(told.values())
    of_body = body_class(affiliation)
    if (
        of_body == "expert"
        and classes <= {"official"}
        and not called & {"minister", "ambassador", "spokesman", "mayor"}
    ):
        return "expert"
    if of_body and not strong:
        classes = {of_body}
    if "official" in classes and called & _PAST:
        return "former official"
    return next((c for c in _CLASSES if c in classes), None)


def body_class(affiliation: str | None) -> str | None:
    """Return what those speak as who belong to a body, by a word of its name; None where none tells."""
    listed = codebook.belonging()
    if affiliation is None:
        return None
    if affiliation in listed:
        return listed[affiliation]
    told = {listed[w] for t in TOKEN.findall(affiliation) for w in (t.lower(), t) if w in listed}
    return next((c for c in ("expert", *_CLASSES) if c in told), None)


def is_role(word: str) -> bool:
    """Tell whether a word, or a part of a compound, is a title or what somebody does."""
    low = word.lower().rstrip(".")
    return any(
        part in codebook.speaks_as()
        or part in codebook.words("titles", "title")
        or _SCHOLAR.match(part) is not None
        or singular(part) in codebook.words("speakers", "noun", kind="person")
        for part in (low, *low.split("-"))
    )


def is_scholar(word: str) -> bool:
    """Tell whether a word calls somebody after a field of knowledge: "virologist", "Koreanist"."""
    of_nation = word.endswith("ist") and nations.nationality(word.capitalize().removesuffix("ist")) is not None
    return of_nation or _FIELD.search(word) is not None


def _names_a_body(words: Sequence[str], opens: bool, bodies: Collection[str]) -> bool:
    """Tell whether capitalised words before a title are a body's name, not a title's ("Shipping Minister")."""
    if any(_is_acronym(w) for w in words) or " ".join(words) in bodies:
        return True
    if len(words) > 1:
        return any(_is_body(w) or not known(w) for w in words)
    listed = words[0] in nations.bodies() or nations.seat(words[0]) is not None
    return listed or (not opens and not known(words[0]))


def _is_body(word: str) -> bool:
    low = singular(word.lower())
    nouns = codebook.words("speakers", "noun", kind="institution") | codebook.words("speakers", "noun", kind="media")
    listed = word in nations.bodies() or (nations.seat(word) is not None and nations.capital(word) is None)
    return word[:1].isupper() and (low in nouns or listed)


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1 and "." not in word
