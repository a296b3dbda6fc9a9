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
from pathlib import Path

import toolkit
from toolkit import shipped
from toolkit.extract import annotate
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


def tables(texts: list[str]) -> None:
    """Take the whole path from texts to tables."""
    annotate(*from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts)))


def ours(texts: list[str]) -> tuple[float, float, list[tuple[int, int]]]:
    """Return the seconds of the whole path, those inside the encoder's network, and the batches that it read."""
    inside = [0.0]
    shapes: list[tuple[int, int]] = []
    session = tagger()._encoder._session

    class Timed:
        def run(self, names, feed):
            began = time.perf_counter()
            found = session.run(names, feed)
            inside[0] += time.perf_counter() - began
            shapes.append(feed["ids"].shape)
            return found

    tagger()._encoder._session = Timed()
    try:
        began = time.perf_counter()
        tables(texts)
        return time.perf_counter() - began, inside[0], shapes
    finally:
        tagger()._encoder._session = session


def bert(shapes: list[tuple[int, int]]) -> float:
    """Return the seconds that a BERT-base's encoder takes for batches of these shapes, measured on some of them."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    network = BertModel(BertConfig(), add_pooling_layer=False).eval()
    some = shapes[:: max(len(shapes) // 4, 1)]
    began = time.perf_counter()
    with torch.inference_mode():
        for rows, columns in some:
            network(input_ids=torch.ones(rows, columns, dtype=torch.long))
    took = time.perf_counter() - began
    return took * sum(a * b for a, b in shapes) / sum(a * b for a, b in some)


def memory(documents: int) -> float:
    """Return the most memory, in MB, that a process of its own takes for so many documents."""
    command = [sys.executable, __file__, "memory", str(documents)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print words a second, the share inside the encoder, the ratio to BERT-base, and peak memory."""
    texts = articles(DOCUMENTS)
    words = sum(len(text.split()) for text in texts)
    tables(texts[:2])
    rounds = [ours(texts) for _ in range(RUNS)]
    whole = statistics.median(r[0] for r in rounds)
    share = statistics.median(r[1] / r[0] for r in rounds)
    where = f"{os.cpu_count()} cores, attribution-toolkit {toolkit.__version__}, medians of {RUNS} runs"
    print(f"Text to tables, {DOCUMENTS} articles of {words // DOCUMENTS:,} words ({where})")
    print(f"  {words / whole:,.0f} words a second, {share:.0%} of the time inside the network")
    if importlib.util.find_spec("torch"):
        times = sorted(bert(rounds[0][2]) / r[0] for r in rounds)
        middle = statistics.median(times)
        print(f"  {middle:.1f} times as fast as a BERT-base's encoder alone ({times[0]:.1f} to {times[-1]:.1f})")
    else:
        print('  BERT-base not measured: pip install -e ".[train]" first')
    for documents in SIZES:
        print(f"  {documents:5} documents: {memory(documents):6,.0f} MB at most")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        # one after the other, as a reader of many texts takes them: what is kept is not the point here
        for text in articles(int(sys.argv[2])):
            tables([text])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        main()
