"""Measure how often a text whose two sides change places is read otherwise: all tables, the tagger included.

usage: neutrality.py [NUMBER]    reads NUMBER generated texts (default: 60) and their twins, and prints the shares
"""

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

import test_neutrality as swaps

from toolkit.extract import annotate

SENTENCES = [
    "{A} said that the talks had failed.",
    "{a} officials said that the {b} side had lied.",
    "According to {p}, nobody in {c} was told.",
    "“We will not move,” said {q}.",
    "The {b} foreign ministry called the claim absurd.",
    "{d} insists that the bridge is open.",
    "{p} told reporters that {q} was bluffing.",
    "In {c}, shops stayed closed.",
    "The {a} defence ministry puts the losses of {B} at 300 men.",
    "{q} believes that {A} wants peace.",
    "Troops of {B} crossed the river near the border.",
    "He denied it.",
]


def main(number: int) -> None:
    """Read the texts and their twins, and print how many tables differ."""
    chance = random.Random(1)
    apart: Counter[str] = Counter()
    for _ in range(number):
        template = " ".join(chance.sample(SENTENCES, 6))
        one, two = (annotate(*swaps.read(swaps.filled(template, side))) for side in (0, 1))
        first, second = (
            swaps.told(
                {k: t[k] for k in ("attributions", "actors", "mentions")} | {"places": t.mentions}, t.documents.text[0]
            )
            for t in (one, two)
        )
        apart["attributions"] += len(one.attributions) != len(two.attributions)
        apart["any table"] += first != [swaps.swapped(row) for row in second]
    for what in ("attributions", "any table"):
        print(f"{what} read otherwise: {apart[what]} of {number} texts")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
