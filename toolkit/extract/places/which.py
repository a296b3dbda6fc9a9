"""Which place: of several places of one name the one that the rest of the text speaks for, and whether that is sure."""

from collections import Counter
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from toolkit.codebook.gazetteer import Place
from toolkit.extract.places.names import Name

_SAME = 60.0  # kilometres within which two entries of a gazetteer are taken for one place
_NEAR = 400.0  # kilometres within which another place of the text speaks for one
_DEGREE = 111.0  # kilometres of a degree of latitude
_DOUBT = 1.0  # the lead below which another place may be meant: as if one had ten times the inhabitants
_COUNTRY, _REGION, _NEARBY = 2.0, 1.5, 0.75  # what the rest of the text adds to a place's weight


def settled(found: Sequence[Name], codes: Sequence[tuple[str, str]]) -> list[tuple[Place | None, bool]]:
    """Return for every name its place (None where no gazetteer has it), and whether no other is likely.

    `codes` are (name, ISO 3166 code) of the nations that the text speaks of. All mentions of a name without
    a country or state after a comma mean the same place: that of the mention that has one, else the likeliest.
    """
    told = {n.key: n.candidates for n in reversed(found) if n.qualified}
    anchors = {
        n.key: n.candidates[0] for n in found if n.candidates and (n.qualified or len(_apart(n.candidates)) == 1)
    }
    out: dict[tuple[str, tuple[Place, ...]], tuple[Place | None, bool]] = {}
    for name in found:
        key = (name.key, name.candidates)
        if key not in out:
            candidates = name.candidates if name.qualified else told.get(name.key, name.candidates)
            out[key] = _likeliest(name.key, candidates, anchors, codes)
    return [out[name.key, name.candidates] for name in found]


def _likeliest(
    key: str, candidates: Sequence[Place], anchors: dict[str, Place], codes: Sequence[tuple[str, str]]
) -> tuple[Place | None, bool]:
    if len(candidates) < 2:
        return (candidates[0], True) if candidates else (None, True)
    others = [place for name, place in anchors.items() if name != key]
    countries = Counter(code for name, code in codes if name != key) + Counter(p.country for p in others if p.country)
    rivals = {c.country for c in candidates}
    mentioned = sum(n for code, n in countries.items() if code in rivals)
    regions = {(p.country, p.region) for p in others if p.region}

    def score(place: Place) -> float:
        share = countries[place.country] / mentioned if place.country and mentioned else 0.0
        near = any(
            abs(place.latitude - other.latitude) < _NEAR / _DEGREE and kilometres(place, other) < _NEAR
            for other in others
        )
        return place.weight + _COUNTRY * share + _REGION * ((place.country, place.region) in regions) + _NEARBY * near

    ranked = sorted(candidates, key=lambda p: (-score(p), p.gazetteer))
    best = ranked[0]
    rival = next((c for c in ranked if kilometres(c, best) > _SAME), None)
    return best, rival is None or score(best) - score(rival) >= _DOUBT


def _apart(candidates: Sequence[Place]) -> list[Place]:
    """Return the candidates without those that are another entry for the place before them."""
    return [c for i, c in enumerate(candidates) if all(kilometres(c, other) > _SAME for other in candidates[:i])]


def kilometres(one: Place, other: Place) -> float:
    """Return the distance between two places along the globe.

    >>> from toolkit.codebook.gazetteer import places
    >>> round(kilometres(places("London")[0], places("Paris")[0]), -1)
    340.0
    """
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(half, 1.0)))
