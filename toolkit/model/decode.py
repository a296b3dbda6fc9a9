"""What the network says, made into attributions: the best tags, then the best links between fragments."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.model import links
from toolkit.model.encoder import Encoded
from toolkit.model.tags import ROLES, TAGS, Fragment, allowed, best, fragments, marginals, within_paragraphs
from toolkit.model.words import SHAPES, Words

# Words between a cue and what is its own: training saw no pair that one window did not hold.
_FAR_CONTENT, _FAR_SOURCE = 200, 100
# In one paragraph, and so many words apart, a cue takes a source unless the network is against it.
_NEAR_SOURCE, _SHY = 40, -1.0
_HOMEWARD = 8.0  # how much less likely a cue of a content's own paragraph may be, where it would have no content
_BLOCK = 256  # sources or contents that are tied at once
_NONE = -1  # the place of the cue of what has none
# What is added to the score of beginning anything: chosen on the development parts of PolNeAR and GUM, where
# the network alone finds fewer than there are.
_EAGER = np.array([0.4 if tag[:2] in ("B-", "S-") else 0.0 for tag in TAGS], np.float32)

# What is taken from the score of a content that runs on into a next sentence outside of quotation marks: it is
# rare there, and in talk, of which training saw little, the network goes on and on.
_STOPPED = 2.0
_STOPS = (1012, 1029, 999)  # ". ? !" in the tokenizer's numbers
_GOES_ON = np.array([i for i, tag in enumerate(TAGS) if tag in ("I-content", "E-content")])


@dataclass(frozen=True)
class Linked:
    """One attribution in words of its document, with what the network thinks of it (0 to 1; 0.5 where it is silent).

    A cue of which no content was found stands with none.
    """

    source: Fragment | None
    cue: Fragment | None
    content: tuple[Fragment, ...]
    sureness: tuple[float, float, float]  # of its content, of its cue, of the link between them


class Decoder:
    """The parameters of a model beside its network."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.transitions = np.array(parameters["transitions"], np.float32) + allowed(len(TAGS)).astype(np.float32)
        self.gap, self.rank, self.apart = (np.array(parameters[k], np.float32) for k in ("gap", "rank", "apart"))
        self.nobody = float(parameters["nobody"])
        self.calibration = np.array(parameters.get("calibration", [0.0, 1.0, 0.0, 0.0]))

    def attributions(self, documents: Sequence[Words], encoded: Sequence[Encoded]) -> list[list[Linked]]:
        """Return the attributions of each document, in the order of their contents, and cues that have none."""
        emissions = [_emissions(e.roles, w) for e, w in zip(encoded, documents, strict=True)]
        paths = best(emissions, self.transitions)
        sure = marginals(emissions, self.transitions)
        return [
            self._linked(words, one.vectors, fragments(path), _sureness(path, of_tags))
            for words, one, path, of_tags in zip(documents, encoded, paths, sure, strict=True)
        ]

    def confidence(self, one: Linked) -> float:
        """Return how probable it is that an attribution's content is right; see `toolkit.model.calibrate`."""
        return float(round(1 / (1 + np.exp(-features(one) @ self.calibration)), 3))

    def _linked(self, words: Words, vectors: np.ndarray, found: list[Fragment], sure: np.ndarray) -> list[Linked]:
        sources, cues, contents = ([f for f in found if f.label == label] for label in range(3))
        cue_of, link = self._cues_of(contents, cues, vectors, words.paragraph)
        source_of = self._sources_of(sources, cues, vectors, words.paragraph)
        contents_of: dict[int, list[int]] = defaultdict(list)
        for i, k in enumerate(cue_of):
            contents_of[k].append(i)
        alone = [contents[i] for i in contents_of.pop(_NONE, [])]
        out = []
        for k, places in contents_of.items():
            own, apart = _run_on([contents[i] for i in places], cues[k], words)
            alone += apart
            if own:
                source = sources[source_of[k]] if k in source_of else None
                certain = max(link[i] for i in places)
                out.append(Linked(source, cues[k], tuple(own), (_mean(sure, own), _mean(sure, [cues[k]]), certain)))
        out += [Linked(None, None, (c,), (_mean(sure, [c]), 0.5, 0.5)) for c in alone]
        for k in set(range(len(cues))) - set(cue_of):
            source = sources[source_of[k]] if k in source_of else None
            out.append(Linked(source, cues[k], (), (0.5, _mean(sure, [cues[k]]), 0.5)))
        return sorted(out, key=lambda a: next(f.first for f in (*a.content, a.cue) if f))

    def _cues_of(
        self, contents: list[Fragment], cues: list[Fragment], vectors: np.ndarray, paragraph: np.ndarray
    ) -> tuple[list[int], list[float]]:
        """Return the place of each content's cue, or _NONE, and how probable it is."""
        cue_of, link = [_NONE] * len(contents), [0.5] * len(contents)
        beside: dict[
            int, list[tuple[float, int]]
        ] = {}  # for contents of an earlier paragraph's cue, those of their own
        for at, cues_from, scores, gaps in self._blocks(vectors, 0, contents, cues, paragraph, _FAR_CONTENT):
            # what is said stands in its cue's paragraph, or runs on behind it
            some, near = contents[at : at + len(scores)], cues[cues_from : cues_from + scores.shape[1]]
            cue_in, content_in = (paragraph[[f.first for f in part]] for part in (near, some))
            scores[(cue_in[None] > content_in[:, None]) | (gaps > _FAR_CONTENT)] = -np.inf
            for i, row in enumerate(scores):
                best_one = int(row.argmax())
                if not np.isinf(row[best_one]):
                    cue_of[at + i] = cues_from + best_one
                    link[at + i] = float(1 / np.exp(row - row[best_one]).sum())
                    if cue_in[best_one] < content_in[i]:
                        own = np.flatnonzero((cue_in == content_in[i]) & (row > row[best_one] - _HOMEWARD))
                        beside[at + i] = sorted(((float(row[k]), cues_from + int(k)) for k in own), reverse=True)
        # a cue that would be left without a content takes one in its own paragraph from a cue before that
        taken = set(cue_of)
        for i, rows in beside.items():
            free = next((k for _, k in rows if k not in taken), None)
            if free is not None:
                cue_of[i] = free
                taken.add(free)
        return cue_of, link

    def _sources_of(
        self, sources: list[Fragment], cues: list[Fragment], vectors: np.ndarray, paragraph: np.ndarray
    ) -> dict[int, int]:
        """Return each cue's source. A cue may have none; one to which none is left shares the likeliest near it."""
        pairs: list[tuple[float, int, int, bool]] = []
        for at, cues_from, scores, gaps in self._blocks(vectors, 1, sources, cues, paragraph, _FAR_SOURCE):
            some, beside = sources[at : at + len(scores)], cues[cues_from : cues_from + scores.shape[1]]
            source_in, cue_in = (paragraph[[f.first for f in part]] for part in (some, beside))
            apart = abs(cue_in[None] - source_in[:, None])
            near = (apart == 0) & (gaps <= _NEAR_SOURCE)
            # most of training gave a shared source to one of its cues alone, which left the network shy of the others
            likely = (scores - self.nobody > np.where(near, _SHY, 0.0)) & (apart <= 1) & (gaps <= _FAR_SOURCE)
            pairs += [
                (-float(scores[i, k]), cues_from + int(k), at + int(i), bool(near[i, k]))
                for i, k in np.argwhere(likely)
            ]
        given: dict[int, int] = {}
        shared: dict[int, int] = {}
        taken: set[int] = set()
        for _, k, i, is_near in sorted(pairs):
            if k not in given and i not in taken:
                given[k] = i
                taken.add(i)
            if is_near:
                shared.setdefault(k, i)
        return shared | given

    def _blocks(
        self,
        vectors: np.ndarray,
        kind: int,
        items: list[Fragment],
        cues: list[Fragment],
        paragraph: np.ndarray,
        far: int,
    ) -> Iterator[tuple[int, int, np.ndarray, np.ndarray]]:
        """Yield items in blocks with the cues within `far` words of them, for a paragraph may have thousands of each.

        Each is (place of the first item, place of the first cue, scores of items x cues, words between them).
        """
        firsts, lasts = (np.array([c[i] for c in cues]) for i in (1, 2))
        for at in range(0, len(items), _BLOCK):
            some = items[at : at + _BLOCK]
            begin = int(np.searchsorted(lasts, some[0].first - far))
            near = cues[begin : int(np.searchsorted(firsts, some[-1].last + far, side="right"))]
            if near:
                yield at, begin, self._scores(vectors, kind, some, near, paragraph), _gaps(some, near)

    def _scores(
        self, vectors: np.ndarray, kind: int, items: list[Fragment], cues: list[Fragment], paragraph: np.ndarray
    ) -> np.ndarray:
        parts = vectors.reshape(len(vectors), 2, len(links.PARTS), links.WIDTH)
        query = parts[[f.first for f in items], 0, kind] + parts[[f.last for f in items], 1, kind]
        key = parts[[c.first for c in cues], 0, kind + 2] + parts[[c.last for c in cues], 1, kind + 2]
        place = links.places(items, cues, paragraph)
        known = self.gap[kind][place[..., 0]] + self.rank[kind][place[..., 1]] + self.apart[kind][place[..., 2]]
        return np.asarray(query @ key.T / links.WIDTH**0.5 + known)


def _emissions(roles: np.ndarray, words: Words) -> np.ndarray:
    scores = roles + _EAGER
    first = words.ids[words.first]
    after_stop = np.append(False, np.isin(first, _STOPS)[:-1]) if len(first) else np.zeros(0, bool)
    capital = np.isin(words.shape, [SHAPES.index(s) for s in ("title", "upper", "letter")])
    scores[np.ix_(after_stop & capital & (words.quoted == 0), _GOES_ON)] -= _STOPPED
    return within_paragraphs(scores, words.opens)


def _run_on(contents: list[Fragment], cue: Fragment, words: Words) -> tuple[list[Fragment], list[Fragment]]:
    """Part a cue's contents into those that it governs, and those too far behind it.

    In later paragraphs it governs what opens them, as long as no paragraph between is left out.
    """
    own, apart = [], []
    reached = int(words.paragraph[cue.first])
    for content in contents:
        at = int(words.paragraph[content.first])
        opens = bool(words.opens[max(content.first - 1, 0) : content.first + 1].any())
        if at <= reached or (at == reached + 1 and opens):
            own.append(content)
            reached = max(at, reached)
        else:
            apart.append(content)
    return own, apart


def _gaps(items: list[Fragment], cues: list[Fragment]) -> np.ndarray:
    """Return the words between each item and each cue."""
    first, last = (np.array([[f[i]] for f in items]) for i in (1, 2))
    cue_first, cue_last = (np.array([[f[i] for f in cues]]) for i in (1, 2))
    return np.asarray(np.maximum(cue_first - last, first - cue_last))


def features(one: Linked) -> np.ndarray:
    """Return what a confidence is computed from: 1, and the log-odds of content, cue and link."""
    sure = np.clip(one.sureness, 0.001, 0.999)
    return np.concatenate([[1.0], np.log(sure / (1 - sure))])


def _sureness(path: np.ndarray, of_tags: np.ndarray) -> np.ndarray:
    """Return for each word the probability of the role that the path gives it."""
    role = (path - 1) // 4
    by_role = of_tags[:, 1:].reshape(len(of_tags), len(ROLES), 4).sum(2)
    return np.where(path > 0, by_role[np.arange(len(path)), role], of_tags[:, 0])


def _mean(sure: np.ndarray, parts: Sequence[Fragment]) -> float:
    return float(np.mean(np.concatenate([sure[f.first : f.last + 1] for f in parts])))
