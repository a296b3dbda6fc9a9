"""The tagger as the extractor uses it: texts in, attributions and names in character offsets out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.model.decode import Decoder, Linked
from toolkit.model.encoder import Encoder
from toolkit.model.tags import NAME_KINDS, NAME_TAGS, Fragment, allowed, best, fragments, within_paragraphs
from toolkit.model.words import Words, tokenizer, words
from toolkit.spans import Span

WEIGHTS = Path(__file__).parent / "weights"
_TOGETHER = 200_000  # characters of the texts that are decoded side by side: what memory holds at once


class Text(NamedTuple):
    """A text to read: its paragraphs and the spans inside quotation marks, both in order."""

    text: str
    paragraphs: Sequence[Span]
    quoted: Sequence[Span]


class Tagged(NamedTuple):
    """One attribution in character offsets; each role may be empty but the content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class Reading(NamedTuple):
    """What the tagger found in one text. names: (kind, span), kind one of NAME_KINDS."""

    attributions: list[Tagged]
    names: list[tuple[str, Span]]


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
        """Yield the reading of each text, in order; memory does not grow with their number."""
        group: list[Text] = []
        held = 0
        for text in texts:
            if group and held + len(text.text) > _TOGETHER:
                yield from self._read(group)
                group, held = [], 0
            group.append(text)
            held += len(text.text)
        if group:
            yield from self._read(group)

    def _read(self, group: Sequence[Text]) -> Iterator[Reading]:
        split = [words(self._reader, *text) for text in group]
        encoded = [self._encoder.encode(one) for one in split]
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


def _span(own: Words, fragment: Fragment) -> Span:
    return Span(int(own.start[fragment.first]), int(own.end[fragment.last]))


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """Return the tagger that ships, loaded once a process."""
    return Tagger()
