"""Measure attribution: words a second from text to tables, against a BERT-base's encoder alone, and peak memory.

The articles are made from the project's own passages. BERT-base has random weights, which take as long
as trained ones; it reads the same windows, in PyTorch, in the same run. It needs the extra "train".
"""

import importlib.util
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import toolkit
from toolkit import shipped
from toolkit.extract import annotate
from toolkit.extract.attributions import attributions, listen
from toolkit.extract.sentences import sentences
from toolkit.model.tagger import tagger
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.source.passages import filled, passages, read_fillings

RUNS = 5
DOCUMENTS = 40
SIZES = (10, 100, 1000)


def articles(number: int) -> list[str]:
    """Return so many articles of about 30 paragraphs, always the same."""
    chance = random.Random(1)
    fillings = read_fillings(shipped.training() / "names.csv")
    known = passages(shipped.training() / "train.txt")
    return ["\n\n".join(filled(chance.choice(known), fillings, chance).text for _ in range(30)) for _ in range(number)]


def documents(texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the documents and their alignment."""
    return from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts))


def tables(texts: list[str]) -> None:
    """Take the whole path from texts to all tables."""
    annotate(*documents(texts))


def attribution(texts: list[str]) -> None:
    """Take the path from texts to documents, sentences and attributions."""
    found, _ = documents(texts)
    heard = listen(found)
    sentences(found)
    attributions(found, heard=heard)


def windows(texts: list[str]) -> list[int]:
    """Return the lengths of the windows in which the network reads the texts."""
    lengths: list[int] = []
    session = tagger()._encoder._session

    class Counted:
        def run(self, names, feed):
            lengths.append(feed["ids"].shape[1])
            return session.run(names, feed)

    tagger()._encoder._session = Counted()
    try:
        attribution(texts)
    finally:
        tagger()._encoder._session = session
    return sorted(lengths)


def network(lengths: list[int]) -> None:
    """Read windows of these lengths, and nothing else."""
    encoder = tagger()._encoder
    feeds = [{"ids": np.full((1, n), 1000), "seen": np.zeros((1, n, 3), np.int64)} for n in lengths]
    list(encoder._workers.map(lambda feed: encoder._session.run(None, feed), feeds))


def bert() -> Callable[[list[int]], float]:
    """Return what tells the seconds that a BERT-base's encoder takes for windows, measured on some of them."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    large = BertModel(BertConfig(), add_pooling_layer=False).eval()

    def seconds(lengths: list[int]) -> float:
        some = lengths[:: max(len(lengths) // 12, 1)]
        began = time.perf_counter()
        with torch.inference_mode():
            for length in some:
                large(input_ids=torch.ones(1, length, dtype=torch.long))
        return (time.perf_counter() - began) * sum(lengths) / sum(some)

    seconds(lengths=[128])
    return seconds


def took(task: Callable[[], object]) -> float:
    """Return the seconds that a task takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def memory(number: int) -> float:
    """Return the most memory, in MB, that a process of its own takes for so many documents."""
    command = [sys.executable, __file__, "memory", str(number)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print words a second, the network's share, the ratio to BERT-base, and peak memory."""
    # first of all: the system counts to a new process what the one that starts it took until then
    most = {number: memory(number) for number in SIZES}
    texts = articles(DOCUMENTS)
    words = sum(len(text.split()) for text in texts)
    tables(texts[:2])
    lengths = windows(texts)
    large = bert() if importlib.util.find_spec("torch") else None
    # one after the other in every round, so that what else the machine does is shared by all
    rounds = [
        {
            "to all tables": took(lambda: tables(texts)),
            "to attributions": took(lambda: attribution(texts)),
            "network": took(lambda: network(lengths)),
            "BERT": large(lengths) if large else 0.0,
        }
        for _ in range(RUNS)
    ]
    where = f"{os.cpu_count()} cores, attribution-toolkit {toolkit.__version__}, medians of {RUNS} runs"
    print(f"{DOCUMENTS} articles of {words // DOCUMENTS:,} words ({where})")
    for path in ("to attributions", "to all tables"):
        speed = words / statistics.median(r[path] for r in rounds)
        share = statistics.median(r["network"] / r[path] for r in rounds)
        print(f"  text {path}: {speed:,.0f} words a second; the network alone takes {share:.0%} of the time")
        if large:
            times = sorted(r["BERT"] / r[path] for r in rounds)
            middle = statistics.median(times)
            print(f"    {middle:.1f} times as fast as a BERT-base's encoder alone ({times[0]:.1f} to {times[-1]:.1f})")
    if not large:
        print('  BERT-base not measured: pip install -e ".[train]" first')
    for number, megabytes in most.items():
        print(f"  {number:5} documents: {megabytes:6,.0f} MB at most")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        # one after the other, as a reader of many texts takes them: what is kept is not the point here
        for text in articles(int(sys.argv[2])):
            tables([text])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        main()
