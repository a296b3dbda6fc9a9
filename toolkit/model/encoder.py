"""Words to numbers: the network in onnxruntime, over the windows of a document."""

import json
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.model.words import SHAPES, Words

WINDOW = 384  # subwords of a window, [CLS] and [SEP] apart
CONTEXT = 48  # subwords that a window sees beyond those it answers for, on either side
_BATCH = 4096  # subwords, filled-up places included, that the network reads at once
_CLS, _SEP = 101, 102


class Encoded(NamedTuple):
    """What the network says of one document: per word scores of tags and name tags, and vectors for links."""

    roles: np.ndarray
    names: np.ndarray
    vectors: np.ndarray


class Window(NamedTuple):
    """Words `begin` to `end` of a document, of which those from `answers` to `until` are taken from here."""

    begin: int
    end: int
    answers: int
    until: int


def windows(words: Words, size: int = WINDOW, context: int = CONTEXT) -> Iterator[Window]:
    """Yield overlapping windows, so that each word is read with context on both sides."""
    total, n = len(words.ids), len(words)
    first = np.append(words.first, total)
    begin = answers = 0
    while answers < n:
        end = max(int(np.searchsorted(first, first[begin] + size, side="right")) - 1, answers + 1)
        if end >= n:
            yield Window(begin, n, answers, n)
            return
        until = max(int(np.searchsorted(first, first[end] - context, side="left")), answers + 1)
        yield Window(begin, end, answers, until)
        answers = until
        begin = min(int(np.searchsorted(first, first[until] - context, side="left")), until)


class Encoder:
    """The network of one ONNX file. Make one a process: see `toolkit.model.tagger.tagger`."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        # from 1.29 on, it reports its use to its maker and keeps a number for the machine, unless told not to
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        told = os.environ.get("OMP_NUM_THREADS", "")  # a batch gives each of its kernels one
        options.intra_op_num_threads = threads or int(told if told.isdigit() else 0) or len(os.sched_getaffinity(0))
        options.enable_cpu_mem_arena = False  # an arena keeps the largest batch ever read
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own classes, which it does not export
            raise ToolkitError(f"{path.name}: {error}") from None

    @cached_property
    def parameters(self) -> dict[str, object]:
        """What belongs to the weights beside the network: transitions, link scores, calibration."""
        return {k: json.loads(v) for k, v in self._session.get_modelmeta().custom_metadata_map.items()}

    def encode(self, words: Words) -> Encoded:
        """Return what the network says of a document, however long; windows of like length go together.

        Documents are never mixed in a batch: int8 rounds by the largest number in it, and what is
        found in one text must not depend on another.
        """
        out: Encoded | None = None
        for batch in _batches(list(windows(words)), words):
            ids, seen, mask, first = inputs(batch, words)
            parts = self._session.run(None, {"ids": ids, "seen": seen, "mask": mask})
            if out is None:
                out = Encoded(*(np.zeros((len(words), part.shape[2]), np.float32) for part in parts))
            for row, (window, at) in enumerate(zip(batch, first, strict=True)):
                own = at[window.answers - window.begin : window.until - window.begin]
                for target, part in zip(out, parts, strict=True):
                    target[window.answers : window.until] = part[row, own]
        if out is None:
            out = Encoded(*(np.zeros((0, output.shape[2]), np.float32) for output in self._session.get_outputs()))
        return out


def inputs(batch: Sequence[Window], words: Words) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Return ids, what is seen, mask, and the place of each word's first subword, of a batch of windows."""
    spans = [_subwords(w, words) for w in batch]
    longest = max(b - a for a, b in spans) + 2
    ids = np.zeros((len(batch), longest), np.int64)
    seen = np.zeros((len(batch), longest, 3), np.int64)
    seen[..., 0] = len(SHAPES)
    mask = np.zeros((len(batch), longest), np.int64)
    first = []
    for row, (window, (a, b)) in enumerate(zip(batch, spans, strict=True)):
        n, own = b - a, slice(window.begin, window.end)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = _CLS, words.ids[a:b], _SEP
        mask[row, : n + 2] = 1
        at = words.first[own] - a
        word = np.repeat(np.arange(len(at)), np.diff(np.append(at, n)))
        seen[row, 1 : n + 1] = np.stack([words.shape[own], words.quoted[own], words.opens[own]], 1)[word]
        first.append(at + 1)
    return ids, seen, mask, first


def _subwords(window: Window, words: Words) -> tuple[int, int]:
    stop = words.first[window.end] if window.end < len(words) else len(words.ids)
    return int(words.first[window.begin]), int(stop)


def _batches(cut: Sequence[Window], words: Words) -> Iterator[list[Window]]:
    length = {w: b - a for w in cut for a, b in [_subwords(w, words)]}
    batch: list[Window] = []
    for window in sorted(cut, key=lambda w: (-length[w], w)):
        if batch and (len(batch) + 1) * (length[batch[0]] + 2) > _BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
