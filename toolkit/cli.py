"""The command line: arguments go to the functions of the other modules, nothing else."""

import argparse
import logging
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from toolkit import __version__, shipped
from toolkit.errors import OutputError, ParameterError, SourceError, ToolkitError, one_line
from toolkit.source.options import Options, flag

_OWN_TEXTS = Path("data/source")
_MOST_TOLD = 20  # failures that are told one by one; the table has all


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="toolkit",
        description="Who says what in a news text: tables and reports that can be checked to the sentence.",
    )
    top.add_argument("--version", action="version", version=f"attribution-toolkit {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="run a notebook on texts and write HTML and PDF")
    report.add_argument(
        "--notebook",
        default="article",
        metavar="NAME",
        help="a shipped notebook or the path of one (default: article)",
    )
    report.add_argument(
        "-p",
        dest="parameters",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="set a parameter of the notebook",
    )
    report.add_argument(
        "--to",
        default="html,pdf",
        metavar="FORMATS",
        help="html, pdf, txt (for a mail), svg (the first figure), or several (default: html,pdf)",
    )
    report.add_argument(
        "--out", type=Path, default=Path("reports"), metavar="DIR", help="where to write (default: reports)"
    )
    _add_sources(report)
    _add_codebook(report)
    report.set_defaults(run=_report)

    batch = commands.add_parser("batch", help="make every report of a plan that is not made yet")
    batch.add_argument("plan", type=Path, metavar="PLAN", help="YAML with sources, notebooks and parameters")
    batch.add_argument(
        "--to", default="html,pdf", metavar="FORMATS", help="the formats, as of report (default: html,pdf)"
    )
    batch.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: reports/ and the plan's name)")
    batch.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="how many reports are made at a time (default: 1)"
    )
    batch.add_argument("--warm", action="store_true", help="fork kernels from one that has loaded what they need")
    batch.add_argument(
        "--time-limit", type=_count, default=600, metavar="SECONDS", help="for one notebook (default: 600)"
    )
    batch.add_argument(
        "--cache-size",
        type=_count,
        default=2000,
        metavar="MB",
        help="how much of DIR the cache of tables may take; 0 for no cache (default: 2000)",
    )
    batch.set_defaults(run=_batch)

    tables = commands.add_parser("tables", help="write the tables of texts")
    tables.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    tables.add_argument(
        "--format", default="parquet", metavar="FORMAT", help="parquet, csv, xlsx or jsonl (default: parquet)"
    )
    _add_sources(tables)
    _add_codebook(tables)
    tables.set_defaults(run=_tables)

    evaluate = commands.add_parser("evaluate", help="measure the extractor on a corpus that people annotated")
    evaluate.add_argument(
        "what",
        choices=["attributions", "sources", "names"],
        metavar="WHAT",
        help="attributions; sources (who is meant by the sources given); or names",
    )
    evaluate.add_argument("gold", type=Path, metavar="GOLD", help="the corpus: a document a line, as JSON")
    evaluate.add_argument(
        "--pred", type=Path, metavar="OUT", help="write what was found, in the corpus's form and offsets"
    )
    evaluate.set_defaults(run=_evaluate)

    verify = commands.add_parser("verify", help="check every file of a folder of results against its manifest")
    verify.add_argument("folder", type=Path, metavar="DIR", help="what report, batch or tables wrote")
    verify.add_argument("--rerun", action="store_true", help="also make each report again, and compare its bytes")
    verify.set_defaults(run=_verify)

    crate = commands.add_parser("crate", help="describe a folder of reports as an RO-Crate")
    crate.add_argument("folder", type=Path, metavar="DIR", help="what report or batch wrote")
    crate.set_defaults(run=_crate)

    cache = commands.add_parser("cache", help="say how much a batch keeps in its cache of tables, or clear it")
    cache.add_argument("folder", type=Path, metavar="DIR", help="what batch wrote")
    cache.add_argument("--clear", action="store_true", help="remove all that is kept")
    cache.set_defaults(run=_cache)

    notebooks = commands.add_parser("notebooks", help="list the notebooks and their parameters")
    notebooks.set_defaults(run=_notebooks)

    doctor = commands.add_parser("doctor", help="say what is installed, what is missing and what to do")
    doctor.set_defaults(run=_doctor)
    return top


def _count(given: str) -> int:
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f"{given!r} is no whole number")
    return int(given)


def _add_sources(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "sources",
        nargs="*",
        type=Path,
        metavar="SOURCE",
        help=f"files or folders of texts (default: your texts in {_OWN_TEXTS}/, or the sample)",
    )
    reading = command.add_argument_group("how sources are read")
    for option in fields(Options):
        told = option.metadata["help"] + (f" (default: {option.default:g})" if option.default else "")
        about = {"type": option.metadata["type"], "metavar": option.metadata["metavar"], "help": told}
        reading.add_argument(flag(option.name), **about)


def _add_codebook(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--codebook",
        type=Path,
        metavar="FILE",
        help="a CSV of your own with actors, other names, offices and places",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; a known failure is one line on stderr."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    options = parser().parse_args(arguments)
    if not options.debug:
        warnings.simplefilter("ignore")  # what libraries tell each other's developers
    try:
        return int(options.run(options))
    except ToolkitError as error:
        if options.debug:
            raise
        return _fail(one_line(error), 1)
    except KeyboardInterrupt:
        if options.debug:
            raise
        return _fail("interrupted: the report under way was not written, what was there is as it was", 130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        return 1


def _interrupt(*_: object) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)  # once is enough: what is under way is put away first
    # What is cut off in the middle of the libraries' work has complaints that help nobody.
    logging.disable(logging.CRITICAL)
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt


def _fail(message: str, code: int) -> int:
    print(f"toolkit: {message}", file=sys.stderr)
    return code


def _sources(given: Sequence[Path]) -> Sequence[Path]:
    """Return the sources given, or the user's own texts, or the sample."""
    from toolkit.source.files import SUFFIXES

    if given:
        return given
    if _OWN_TEXTS.is_dir() and any(p.suffix.lower() in SUFFIXES for p in _OWN_TEXTS.rglob("*")):
        print(f"reading your texts in {_OWN_TEXTS}/", file=sys.stderr)
        return [_OWN_TEXTS]
    print("no SOURCE given: reading the sample", file=sys.stderr)
    return [shipped.sample()]


def _reading(given: argparse.Namespace) -> Options:
    return Options.of({option.name: getattr(given, option.name) for option in fields(Options)})


def _report(options: argparse.Namespace) -> int:
    from toolkit.codebook.own import read_own
    from toolkit.report import run
    from toolkit.report.parameters import load, values
    from toolkit.source.files import TextFile, texts

    formats = _formats(options.to)
    notebook = load(options.notebook)
    values(notebook, options.parameters)  # wrong parameters fail before the first text is read
    if options.codebook:
        read_own(options.codebook)
    failed = 0
    reading = _reading(options)
    for text in texts(_sources(options.sources), reading):
        try:
            if not isinstance(text, TextFile):
                raise SourceError(text.reason)
            for warning in run.warnings(text):
                print(f"{text.source_path}: {warning}", file=sys.stderr)
            for made in run.report(text, notebook, options.parameters, formats, options.out, options.codebook, reading):
                print(made)
        except ToolkitError as error:
            if options.debug:
                raise
            failed = _fail(one_line(error), 1)
    return failed


def _formats(given: str) -> list[str]:
    from toolkit.report import FORMATS

    formats = given.split(",")
    if unknown := [f for f in formats if f not in FORMATS]:
        raise ParameterError(f"no format {unknown[0]!r} for --to: there are {', '.join(FORMATS)}")
    return formats


def _batch(options: argparse.Namespace) -> int:
    from toolkit.cache import Cache
    from toolkit.report.batch import TEXTS, WORK, batch
    from toolkit.report.batch.index import INDEX
    from toolkit.report.batch.progress import progress
    from toolkit.report.plan import read_plan

    formats = [*_formats(options.to), "svg"]  # for the index
    out = options.out or Path("reports") / options.plan.stem
    plan = read_plan(options.plan, Cache(out / WORK / TEXTS))
    for unread in plan.unread[:_MOST_TOLD]:
        _fail(one_line(ValueError(unread.reason)), 1)
    if len(plan.unread) > _MOST_TOLD:
        _fail(f"{len(plan.unread) - _MOST_TOLD} more could not be read: see {out / INDEX}", 1)
    outcomes = batch(
        plan,
        out,
        list(dict.fromkeys(formats)),
        workers=max(1, options.workers),
        warm=options.warm,
        seconds=max(1, options.time_limit),
        cache_bytes=options.cache_size * 1_000_000,
        tell=progress,
    )
    print(out / INDEX)
    return int(bool(plan.unread) or any(outcome.failure for outcome in outcomes))


def _tables(options: argparse.Namespace) -> int:
    from toolkit.extract import in_chunks
    from toolkit.source.files import TextFile, Unread, texts
    from toolkit.tables import FORMATS, write_tables

    if options.format not in FORMATS:
        return _fail(f"no format {options.format!r} for --format: there are {', '.join(FORMATS)}", 2)
    unread: list[str] = []

    def found() -> Iterator[TextFile | Unread]:
        for text in texts(_sources(options.sources), _reading(options)):
            unread.extend([text.reason] if isinstance(text, Unread) else [])
            yield text

    for made in write_tables(in_chunks(found(), options.codebook), options.out, options.format):
        print(made)
    for reason in unread[:_MOST_TOLD]:
        _fail(one_line(ValueError(reason)), 1)
    if len(unread) > _MOST_TOLD:
        _fail(f"{len(unread) - _MOST_TOLD} more could not be read: see failures.{options.format}", 1)
    return int(bool(unread))


def _evaluate(options: argparse.Namespace) -> int:
    from toolkit.analysis import evaluation, resolution
    from toolkit.extract import annotate
    from toolkit.source.corpus import annotated, read_corpus, text_of
    from toolkit.source.documents import from_texts
    from toolkit.staging import write_lines

    gold = read_corpus(options.gold)
    if options.what == "attributions":
        found = evaluation.predictions(annotate(*from_texts(text_of(document) for document in gold)))
    elif options.what == "sources":
        found = resolution.resolved_sources(annotated(gold, options.gold, "attributions"))
    else:
        found = resolution.found_names(gold)
    if options.pred:
        write_lines(options.pred, ({"doc_id": doc_id, options.what: rows} for doc_id, rows in found.items()))
    needed = "attributions" if options.what == "attributions" else "mentions"
    if all(needed in document for document in gold):
        if options.what == "attributions":
            scored = evaluation.scores((d["text"], d["attributions"], found[d["doc_id"]]) for d in gold)
        else:
            scored = (resolution.source_scores if options.what == "sources" else resolution.name_scores)(gold, found)
        for row in scored.itertuples(index=False):
            print(f"{row.measure:40} {row.value:.3f}  of {row.cases}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from toolkit.report.verify import verify

    seen = wrong = 0
    for found in verify(options.folder, rerun=options.rerun):
        seen += 1
        if found.wrong:
            wrong += 1
            print(f"{found.path}: {found.wrong}")
    print(f"{seen} looked at, {wrong or 'none'} wrong")
    return int(wrong > 0)


def _crate(options: argparse.Namespace) -> int:
    from toolkit.report.crate import crate

    print(crate(options.folder))
    return 0


def _cache(options: argparse.Namespace) -> int:
    from toolkit.cache import Cache
    from toolkit.report.batch import TABLES, WORK

    if not options.folder.is_dir():
        raise OutputError(f"{options.folder} is no folder: name one that `toolkit batch` wrote")
    kept = Cache(options.folder / WORK / TABLES)
    number, size = len(kept.entries()), sum(size for _, size in kept.entries())
    if options.clear:
        size = kept.clear()
    sets = f"{number} set{'' if number == 1 else 's'} of tables, {size / 1e6:.1f} MB"
    print(f"{'removed' if options.clear else 'kept'}: {sets}")
    return 0


def _notebooks(options: argparse.Namespace) -> int:
    del options
    from toolkit.report.parameters import SOURCE, shipped_notebooks

    for notebook in shipped_notebooks():
        print(f"{notebook.name}: {notebook.purpose}")
        for parameter in notebook.parameters.values():
            if parameter.name != SOURCE:
                print(f"  -p {parameter.name}={parameter.default}  ({parameter.type}) {parameter.help}")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    del options
    from toolkit.report.doctor import findings

    found = findings()
    for finding in found:
        print(
            f"{'ok     ' if finding.fine else 'MISSING'}  {finding.what}"
            + ("" if finding.fine else f": {finding.remedy}")
        )
    return int(not all(finding.fine for finding in found))
