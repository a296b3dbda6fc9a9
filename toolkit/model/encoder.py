"""Words to numbers: the network in onnxruntime, over the windows of a document."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.model.words import SHAPES, Words

WINDOW = 384  # subwords of a window, [CLS] and [SEP] apart
CONTEXT = 48  # subwords that a window sees beyond those it answers for, on either side
_CLS, _SEP = 101, 102
_WITHOUT_LETTERS = tuple(SHAPES.index(name) for name in ("mark", "digits"))
_SURE = 20.0  # the score of no tag in a window of marks and digits alone, which the network need not read


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
        # a window a thread takes less than all threads on one window, which wait for each other at every step
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena keeps the largest window ever read
        try:
            self._session = onnxruntime.InferenceSession(
                str(path),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # slower by far than the three steps that it joins
            )
        except Exception as error:  # onnxruntime's own classes, which it does not export
            raise ToolkitError(f"{path.name}: {error}") from None
        told = os.environ.get("OMP_NUM_THREADS", "")  # a batch gives each of its kernels one
        number = threads or int(told if told.isdigit() else 0) or len(os.sched_getaffinity(0))

        def hire() -> None:
            self._workers = ThreadPoolExecutor(number, "encoder")

        hire()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=hire)  # threads do not follow into a forked process

    @cached_property
    def parameters(self) -> dict[str, object]:
        """What belongs to the weights beside the network: transitions, link scores, calibration."""
        return {k: json.loads(v) for k, v in self._session.get_modelmeta().custom_metadata_map.items()}

    def encode(self, words: Words) -> Encoded:
        """Return what the network says of a document, however long."""
        return self.begin(words)()

    def begin(self, words: Words) -> Callable[[], Encoded]:
        """Begin to read a document beside what else is done, and return what waits for the end of it.

        Each window is read by itself: int8 rounds by the largest number in a batch, and what is found in
        one text must not depend on another, nor on how many are read at once. Nor is anything filled up.
        """
        cut = list(windows(words))
        parts = [self._workers.submit(self._read, window, words) for window in cut]

        def finish() -> Encoded:
            if not cut:
                return Encoded(*(np.zeros((0, output.shape[2]), np.float32) for output in self._session.get_outputs()))
            return Encoded(*(np.concatenate(role) for role in zip(*(part.result() for part in parts), strict=True)))

        return finish

    def _read(self, window: Window, words: Words) -> list[np.ndarray]:
        if np.isin(words.shape[window.begin : window.end], _WITHOUT_LETTERS).all():
            return [_nothing(window, output.name, output.shape[2]) for output in self._session.get_outputs()]
        ids, seen, first = inputs(window, words)
        answers = first[window.answers - window.begin : window.until - window.begin]
        return [part[0, answers] for part in self._session.run(None, {"ids": ids[None], "seen": seen[None]})]


def _nothing(window: Window, output: str, size: int) -> np.ndarray:
    """Return the answer where nobody can say anything: no tag at any word."""
    found = np.zeros((window.until - window.answers, size), np.float32)
    if output != "vectors":
        found[:, 0] = _SURE
    return found


def inputs(window: Window, words: Words) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ids, what is seen, and the place of each word's first subword, of a window."""
    a, b = _subwords(window, words)
    n, own = b - a, slice(window.begin, window.end)
    ids = np.concatenate([[_CLS], words.ids[a:b], [_SEP]]).astype(np.int64)
    seen = np.zeros((n + 2, 3), np.int64)
    seen[[0, -1], 0] = len(SHAPES)
    at = words.first[own] - a
    word = np.repeat(np.arange(len(at)), np.diff(np.append(at, n)))
    seen[1:-1] = np.stack([words.shape[own], words.quoted[own], words.opens[own]], 1)[word]
    return ids, seen, at + 1


def _subwords(window: Window, words: Words) -> tuple[int, int]:
    stop = words.first[window.end] if window.end < len(words) else len(words.ids)
    return int(words.first[window.begin]), int(stop)
