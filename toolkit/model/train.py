"""Train the tagger: `python -m toolkit.model.train CORPORA --out FOLDER`. Needs the extra `train`.

The corpora are polnear-train.jsonl and gum-open-train.jsonl in the folder CORPORA, and the project's
own passages. The seed fixes every choice; on the same machine the weights come out the same.
"""

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from toolkit.model import examples
from toolkit.model.examples import Example
from toolkit.model.network import KINDS, Network, pretrained
from toolkit.model.words import SHAPES, tokenizer
from toolkit.source import passages
from toolkit.source.passages import Annotated

OWN = Path(__file__).resolve().parents[2] / "data" / "training"


@dataclass(frozen=True)
class Round:
    """Some epochs, from the averaged weights of the round before, at a rate that falls in a line towards nothing."""

    rate: float
    fall: float  # the epochs after which the rate would be nothing
    own_passages: tuple[int, ...]  # one number an epoch: how many of the project's own it has
    gum: int = 1  # times an epoch that each document of GUM is seen
    as_they_are: int = 0  # so many epochs without other names, other marks and capitals in the texts
    shared: bool = False  # whether it learns that several cues may have one source
    warm_up: float = 0.04  # the share of the fall in which the rate first climbs


@dataclass(frozen=True)
class Recipe:
    """What was chosen, on the development part of PolNeAR."""

    rounds: tuple[Round, ...] = (
        Round(rate=3e-4, fall=7.0, own_passages=(0, 129, 129, 129), as_they_are=1, warm_up=0.06),
        Round(rate=1.5e-4, fall=1.0, own_passages=(500,)),
        Round(rate=1.5e-4, fall=2.0, own_passages=(500, 500), gum=3, shared=True),
    )
    subwords_per_step: int = 4096
    shortest_window: int = 160
    longest_window: int = 384
    heads: float = 10 / 3  # the heads' rate, in the encoder's
    average: float = 0.997
    link_weight: float = 0.15
    name_weight: float = 0.5
    own_share: int = 2  # times an epoch that each of the project's own passages is seen
    seed: int = 7


class Corpora(NamedTuple):
    """What is learned from, and the names and fillings that stand in for what it has."""

    polnear: list[Annotated]
    gum: list[Annotated]
    own: list[str]
    fillings: passages.Fillings
    names: list[str]


def read_corpora(folder: Path) -> Corpora:
    """Return polnear-train and gum-open-train of a folder, and the project's own passages."""
    fillings = passages.read_fillings(OWN / "names.csv")
    return Corpora(
        examples.corpus(folder / "polnear-train.jsonl"),
        examples.corpus(folder / "gum-open-train.jsonl"),
        passages.passages(OWN / "train.txt"),
        fillings,
        passages.all_words(value for kind in ("person", "city", "org") for value, _ in fillings[kind]),
    )


def epoch(
    corpora: Corpora, reader: Tokenizer, recipe: Recipe, of: Round, number: int, within: int
) -> list[list[Example]]:
    """Return the batches of an epoch, the `number`th of all and the `within`th of its round, cut and varied anew."""
    rng = random.Random(f"{recipe.seed}/{number}")
    texts = corpora.polnear + corpora.gum * of.gum
    if within >= of.as_they_are:
        texts = [examples.varied(document, corpora.names, rng) for document in texts]
    chosen = corpora.own[: of.own_passages[within]]
    mine = [passages.filled(p, corpora.fillings, rng) for p in chosen for _ in range(recipe.own_share)]
    rng.shuffle(mine)
    while mine:
        taken = [mine.pop() for _ in range(min(len(mine), rng.randint(1, 6)))]
        texts.append(examples.varied(passages.together(taken), corpora.names, rng))
    cut: list[Example] = []
    for text in texts:
        size = rng.randint(recipe.shortest_window, recipe.longest_window)
        cut += examples.windows(examples.example(text, reader), size, rng.randint(size // 4, size))
    return _batches(cut, recipe.subwords_per_step, rng)


def _batches(cut: list[Example], most: int, rng: random.Random) -> list[list[Example]]:
    """Return windows of like length together, in batches of about as many subwords, shuffled."""
    cut = sorted(cut, key=lambda e: len(e.words.ids) + rng.uniform(0, 24))
    batches: list[list[Example]] = [[]]
    for window in cut:
        if batches[-1] and (len(batches[-1]) + 1) * (len(window.words.ids) + 2) > most:
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    return batches


def tensors(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, what is seen, and the mask of a batch; see `Network.forward`."""
    longest = max(len(e.words.ids) for e in batch) + 2
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    seen = torch.zeros(len(batch), longest, 3, dtype=torch.long)
    seen[..., 0] = len(SHAPES)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, e in enumerate(batch):
        n = len(e.words.ids)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = 101, torch.as_tensor(e.words.ids), 102
        word = np.repeat(np.arange(len(e.words)), np.diff(np.append(e.words.first, n)))
        columns = np.stack([e.words.shape, e.words.quoted, e.words.opens], 1)[word]
        seen[row, 1 : n + 1] = torch.as_tensor(columns)
        mask[row, : n + 2] = 1
    return ids, seen, mask


def loss_of(network: Network, batch: list[Example], recipe: Recipe, shared: bool) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch, and its parts for the log."""
    ids, seen, mask = tensors(batch)
    roles, names, vectors = network(ids, seen, mask)
    most = max(len(e.words) for e in batch)
    first = torch.zeros(len(batch), most, dtype=torch.long)
    tags = torch.zeros(len(batch), most, dtype=torch.long)
    name_tags = torch.full((len(batch), most), -100)
    for row, e in enumerate(batch):
        n = len(e.words)
        first[row, :n] = torch.as_tensor(e.words.first) + 1
        tags[row, :n] = torch.as_tensor(e.tags)
        if e.name_tags is not None:
            name_tags[row, :n] = torch.as_tensor(e.name_tags)
    lengths = torch.tensor([len(e.words) for e in batch])
    rows = torch.arange(len(batch))[:, None]
    tag_loss = network.tag_loss(roles[rows, first], tags, lengths)
    link_loss = _link_loss(network, vectors[rows, first], batch, shared)
    known = (name_tags >= 0).sum()
    name_loss = nn.functional.cross_entropy(names[rows, first].flatten(0, 1), name_tags.flatten(), reduction="sum")
    # weighed by the share of words that somebody looked for names in
    name_loss = name_loss / lengths.sum() if known else roles.new_zeros(())
    total = tag_loss + recipe.link_weight * link_loss + recipe.name_weight * name_loss
    return total, {"tags": tag_loss.item(), "links": link_loss.item(), "names": name_loss.item()}


def _link_loss(network: Network, vectors: Tensor, batch: list[Example], shared: bool) -> Tensor:
    """Return the mean cross-entropy of each source's and content's cue, and of each cue's source."""
    losses = []
    for row, e in enumerate(batch):
        cues = [i for i, f in enumerate(e.fragments) if f.label == 1]
        if not cues:
            continue
        place = {c: k for k, c in enumerate(cues)}
        for kind, label in zip(range(len(KINDS)), (2, 0), strict=True):
            items = [i for i, f in enumerate(e.fragments) if f.label == label and i in e.cue_of]
            if not items:
                continue
            scores = network.link_scores(
                vectors[row], kind, [e.fragments[i] for i in items], [e.fragments[c] for c in cues], e.words.paragraph
            )
            right = torch.tensor([place[e.cue_of[i]] for i in items])
            if label == 2:
                losses.append(nn.functional.cross_entropy(scores, right, reduction="none"))
            else:
                uses = Counter(e.source_of.values()) if shared else Counter[int]()
                alone = torch.tensor([uses[i] < 2 for i in items])
                losses.append(nn.functional.cross_entropy(scores[alone], right[alone], reduction="none"))
                own = {c: i for c, i in e.source_of.items() if shared or e.cue_of.get(i) == c}
                at = {i: k for k, i in enumerate(items)}
                source = torch.tensor([at.get(own.get(c, -1), len(items)) for c in cues])
                with_nobody = torch.cat([scores.T, network.nobody.expand(len(cues), 1)], 1)
                losses.append(nn.functional.cross_entropy(with_nobody, source, reduction="none"))
    return torch.cat(losses).mean() if losses else vectors.sum() * 0


class _Average:
    """A running mean of a network's weights, of which the older count less."""

    def __init__(self, network: Network, keep: float) -> None:
        self.network, self.keep, self.steps = network, keep, 0
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    def update(self) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        for name, value in self.network.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value, 1 - keep)
            else:
                self.weights[name].copy_(value)

    def save(self, path: Path) -> None:
        torch.save(self.weights, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)


def train(folder: Path, out: Path, recipe: Recipe, threads: int) -> None:
    """Train, and write the averaged weights of each round to `out`, and the mean of the last two as `final.pt`.

    The last round learns other domains and forgets a little of the news: halfway does both well. A round of which
    the weights are there is not done again, so that training that was stopped goes on.
    """
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1) + "\n", encoding="utf-8")
    reader = tokenizer(pretrained() / "tokenizer.json")
    corpora = read_corpora(folder)
    number = 0
    torch.manual_seed(recipe.seed)
    network = Network(str(pretrained()))
    for place, of in enumerate(recipe.rounds):
        done = out / f"round-{place + 1}.pt"
        if not done.is_file():
            torch.manual_seed(recipe.seed + place)
            average = _Average(network, recipe.average)
            optimiser = _optimiser(network, of.rate, recipe)
            for within in range(len(of.own_passages)):
                batches = epoch(corpora, reader, recipe, of, number + within, within)
                if not within:
                    total = int(len(batches) * of.fall)
                _epoch(network, optimiser, batches, average, recipe, of, total)
                average.save(out / "epoch.pt")
            (out / "epoch.pt").replace(done)
        network.load_state_dict(torch.load(done))
        number += len(of.own_passages)
    older, newer = (torch.load(out / f"round-{n}.pt") for n in (len(recipe.rounds) - 1, len(recipe.rounds)))
    mean = {k: older[k].lerp(v, 0.5) if v.is_floating_point() else v for k, v in newer.items()}
    torch.save(mean, out / "final.pt")


def _optimiser(network: Network, rate: float, recipe: Recipe) -> torch.optim.AdamW:
    heads = [p for name, p in network.named_parameters() if not name.startswith("bert.")]
    groups = [
        {"params": list(network.bert.parameters()), "lr": rate, "peak": rate},
        {"params": heads, "lr": rate * recipe.heads, "peak": rate * recipe.heads},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _epoch(
    network: Network,
    optimiser: torch.optim.AdamW,
    batches: list[list[Example]],
    average: _Average,
    recipe: Recipe,
    of: Round,
    total: int,
) -> None:
    """Take a step for each batch; the rate depends on how many of `total` steps are taken."""
    began = time.time()
    network.train()
    for number, batch in enumerate(batches, 1):
        step = average.steps
        rate = min(1.0, (step + 1) / (of.warm_up * total)) * max(0.0, 1 - step / total)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        loss, parts = loss_of(network, batch, recipe, of.shared)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        average.update()
        if number % 20 == 0 or number == len(batches):
            took = round(time.time() - began)
            line = {"step": step + 1, "of": total, "seconds": took} | {k: round(v, 4) for k, v in parts.items()}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    train(args.corpora, args.out, Recipe(), args.threads)
