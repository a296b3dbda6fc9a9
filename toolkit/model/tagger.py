"""The tagger as the extractor uses it: texts in, attributions and names in character offsets out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.model.decode import Decoder, Linked
from toolkit.model.encoder import Encoded, Encoder
from toolkit.model.tags import NAME_KINDS, NAME_TAGS, Fragment, allowed, best, fragments, within_paragraphs
from toolkit.model.words import Words, pieces, tokenizer, words
from toolkit.spans import Span

WEIGHTS = Path(__file__).parent / "weights"
_TOGETHER = 100_000  # characters that are decoded side by side, and that the network reads ahead: memory holds both


class Text(NamedTuple):
    """A text to read: its paragraphs and the spans inside quotation marks, both in order."""

    text: str
    paragraphs: Sequence[Span]
    quoted: Sequence[Span]


class Tagged(NamedTuple):
    """One attribution in character offsets; each role may be empty, but not both cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class Reading(NamedTuple):
    """What the tagger found in one text. names: (kind, span), kind one of NAME_KINDS."""

    attributions: list[Tagged]
    names: list[tuple[str, Span]]


class _Section(NamedTuple):
    """A part of a text that is read at once; `last` of its text or not. `encoded` waits for the network."""

    words: Words
    encoded: Callable[[], Encoded]
    size: int
    last: bool


class Tagger:
    """The network, the tokenizer and the decoder of one folder of weights."""

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None) -> None:
        """Load the weights.

        Raises
        ------
        ToolkitError
            When a file of the folder is missing or damaged.
        """
        try:
            self._reader = tokenizer(folder / "tokenizer.json")
            self._encoder = Encoder(folder / "tagger.onnx", threads)
            self._decoder = Decoder(self._encoder.parameters)
        except Exception as error:  # tokenizers and onnxruntime raise classes of their own
            raise ToolkitError(
                f"the weights in {folder.name}/ cannot be read ({type(error).__name__}): "
                "install the toolkit again, or fetch its weights again from where you have it"
            ) from error
        self._between_names = allowed(len(NAME_TAGS)).astype(np.float32)

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """Return the readings of texts, in order; memory does not grow with their number or length.

        The network begins at once, and reads ahead beside whatever is done until a reading is asked for.
        """
        return self._decoded(_ahead(self._begun(texts)))

    def _begun(self, texts: Iterable[Text]) -> Iterator[_Section]:
        for text in texts:
            *others, last = _sections(text)
            for section in (*others, last):
                own = words(self._reader, text.text, section, text.quoted)
                size = sum(p.end - p.start for p in section)
                yield _Section(own, self._encoder.begin(own), size, section is last)

    def _decoded(self, sections: Iterable[_Section]) -> Iterator[Reading]:
        reading = Reading([], [])
        for group in _groups(sections):
            for section, part in zip(group, self._parts(group), strict=True):
                reading.attributions.extend(part.attributions)
                reading.names.extend(part.names)
                if section.last:
                    yield reading
                    reading = Reading([], [])

    def _parts(self, group: Sequence[_Section]) -> Iterator[Reading]:
        split = [section.words for section in group]
        encoded = [section.encoded() for section in group]
        linked = self._decoder.attributions(split, encoded)
        names = best(
            [within_paragraphs(e.names, w.opens) for e, w in zip(encoded, split, strict=True)], self._between_names
        )
        for own, found, path in zip(split, linked, names, strict=True):
            yield Reading(
                [self._tagged(own, one) for one in found],
                [(NAME_KINDS[f.label], _span(own, f)) for f in fragments(path)],
            )

    def _tagged(self, own: Words, one: Linked) -> Tagged:
        source, cue = ((_span(own, f),) if f else () for f in (one.source, one.cue))
        return Tagged(source, cue, tuple(_span(own, f) for f in one.content), self._decoder.confidence(one))


def _sections(text: Text) -> list[list[Span]]:
    """Return a text's paragraphs in sections of a size that memory can hold; most texts are one."""
    found: list[list[Span]] = [[]]
    size = 0
    for paragraph in text.paragraphs:
        for piece in pieces(text.text, paragraph, _TOGETHER):
            if found[-1] and size + piece.end - piece.start > _TOGETHER:
                found.append([])
                size = 0
            found[-1].append(piece)
            size += piece.end - piece.start
    return found


def _ahead(sections: Iterator[_Section]) -> Iterator[_Section]:
    """Return the sections, of which so many are begun before the first is asked for, and from then on."""
    held: deque[_Section] = deque()

    def fill() -> None:
        while sum(section.size for section in held) < _TOGETHER and (section := next(sections, None)):
            held.append(section)

    def taken() -> Iterator[_Section]:
        while held:
            yield held.popleft()
            fill()

    fill()
    return taken()


def _groups(sections: Iterable[_Section]) -> Iterator[list[_Section]]:
    group: list[_Section] = []
    for section in sections:
        if group and sum(one.size for one in group) + section.size > _TOGETHER:
            yield group
            group = []
        group.append(section)
    if group:
        yield group


def _span(own: Words, fragment: Fragment) -> Span:
    return Span(int(own.start[fragment.first]), int(own.end[fragment.last]))


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """Return the tagger that ships, loaded once a process."""
    return Tagger()
