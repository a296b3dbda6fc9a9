"""The contract of every table, and the reader and writer of a set of tables.

Offsets are Unicode code points of `documents.text`, end exclusive; `text[start:end]` is what is
written there. Missing values are missing (never an empty string).
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

import toolkit
from toolkit.errors import TableError, one_line
from toolkit.staging import MANIFEST, Staging

MODES = ("direct", "mixed", "indirect")
PARTS = ("headline", "byline", "dateline", "body")
ROLES = ("source", "cue", "content")
FORMATS = ("parquet", "csv", "xlsx", "jsonl")
_NUMBERS = {"int64", "float64"}
_ORDERED = "start <= end"
ACTOR_KINDS = ("named", "unnamed")


def _text(meaning: str, *, null: bool = False, among: tuple[str, ...] = ()) -> pa.Column:
    return pa.Column(str, pa.Check.isin(among) if among else None, nullable=null, description=meaning)


def _count(meaning: str) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(0), description=meaning)


def _table(name: str, grain: str, key: list[str], columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    ordered = pa.Check(lambda df: df["start"] <= df["end"] if {"start", "end"} <= set(df) else True, name=_ORDERED)
    return pa.DataFrameSchema(
        columns, checks=ordered, name=name, title=grain, unique=key, strict=True, coerce=True, ordered=True
    )


_DOC_ID = _text("the document that it is in")
_START, _END = _count("first code point in documents.text"), _count("end, exclusive")

DOCUMENTS = _table(
    "documents",
    "a text",
    ["doc_id"],
    {
        "doc_id": _text("slug of the file's name"),
        "title": _text("headline", null=True),
        "author": _text("who signs the text", null=True),
        "outlet": _text("where it was published", null=True),
        "published": _text("day of the dateline, ISO 8601", null=True),
        "dateline": _text("place of the dateline, as written", null=True),
        "language": _text("ISO 639-1 code; und where it cannot be told"),
        "encoding": _text("how the file's bytes were read"),
        "source_path": _text("the file, as it was named"),
        "sha256": _text("digest of the file's bytes"),
        "words": _count("words in the text"),
        "text": _text("the clean text"),
    },
)
ALIGNMENT = _table(
    "alignment",
    "a stretch of clean text and where the file has it",
    ["doc_id", "start"],
    {
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "raw_start": _count("first code point in the decoded file (after a byte order mark)"),
        "raw_end": _count("end there, exclusive; stretches of equal length agree character by character"),
    },
)
SENTENCES = _table(
    "sentences",
    "a sentence",
    ["sentence_id"],
    {
        "sentence_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "number": _count("1 for the document's first"),
        "paragraph": _count("1 for the body's first; 0 outside the body"),
        "part": _text("part of the article", among=PARTS),
        "start": _START,
        "end": _END,
    },
)
ATTRIBUTIONS = _table(
    "attributions",
    "a source-cue-content relation",
    ["attribution_id"],
    {
        "attribution_id": _text("document, table and the offsets of its content"),
        "doc_id": _DOC_ID,
        "mode": _text("whether the content stands in quotation marks: wholly, partly, not", among=MODES),
        "cue_lemma": _text("dictionary form of the cue", null=True),
        "cue_class": _text("class of the cue in the codebook", null=True),
        "actor_id": _text("who is meant by the source; missing where nobody is named for it", null=True),
        "source_kind": _text("whether the source has a name", null=True, among=ACTOR_KINDS),
        "found_by": _text("what gave the relation away; rows in codebook/accuracy.csv are named for it"),
        "continues": _text("the statement whose speaker goes on speaking here, without a source anew", null=True),
        "resolved_by": _text("how the actor was found, or why none was", null=True),
        "confidence": pa.Column(
            float, pa.Check.in_range(0, 1), description="share of such finds that were right when measured"
        ),
    },
)
ATTRIBUTION_SPANS = _table(
    "attribution_spans",
    "a fragment of a relation",
    ["attribution_id", "role", "start"],
    {
        "attribution_id": _text("the relation that it belongs to"),
        "doc_id": _DOC_ID,
        "role": _text("what it is in the relation", among=ROLES),
        "start": _START,
        "end": _END,
    },
)
ACTORS = _table(
    "actors",
    "somebody who is given as a source",
    ["actor_id"],
    {
        "actor_id": _text("document, table and slug of the name"),
        "doc_id": _DOC_ID,
        "name": _text("the fullest form in the text, or the description of an unnamed source"),
        "kind": _text("whether the text names them", among=ACTOR_KINDS),
    },
)
SCHEMAS: Mapping[str, pa.DataFrameSchema] = {
    schema.name: schema for schema in (DOCUMENTS, ALIGNMENT, SENTENCES, ATTRIBUTIONS, ATTRIBUTION_SPANS, ACTORS)
}


def conform(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return the frame with the schema's columns and types, checked; an empty one gets its columns.

    Raises
    ------
    TableError
        Naming the table, the column, the check that failed and the first value that fails it.
    """
    if frame.empty and not len(frame.columns):
        frame = pd.DataFrame(columns=list(schema.columns))
    for name in (n for n, c in schema.columns.items() if n in frame and str(c.dtype) == "int64"):
        fractions = frame[name][pd.to_numeric(frame[name], errors="coerce") % 1 > 0]
        if len(fractions):  # pandera would cut them
            raise TableError(
                _complaint(schema, f"column {name}", "is a whole number", fractions.iloc[0], len(fractions))
            )
    try:
        return schema.validate(frame, lazy=True).reset_index(drop=True)
    except pa.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        failed = error.failure_cases[error.failure_cases["check"] == first["check"]]
        check, times = one_line(first["check"]), max(failed["index"].nunique(), 1)
        if check == _ORDERED:
            row = frame.iloc[int(first["index"])]
            where, value = "columns start and end", (row["start"], row["end"])
        else:
            where = f"column {first['column']}" if first["column"] != schema.name else "its columns"
            value = first["failure_case"]
        raise TableError(_complaint(schema, where, check, value, times)) from None


def _complaint(schema: pa.DataFrameSchema, where: str, check: str, value: object, times: int) -> str:
    shown = (
        ", ".join(str(v) for v in value) if isinstance(value, tuple) else repr(getattr(value, "item", lambda: value)())
    )
    rows = f" (in {times} rows)" if times > 1 else ""
    return f"table {schema.name}, {where}: fails {check} with {shown}{rows}: make it again with `toolkit tables`"


class Tables(Mapping[str, pd.DataFrame]):
    """A set of tables that belong together, by name; `tables.documents` is `tables["documents"]`."""

    documents: pd.DataFrame
    alignment: pd.DataFrame
    sentences: pd.DataFrame
    attributions: pd.DataFrame
    attribution_spans: pd.DataFrame
    actors: pd.DataFrame

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Hold one frame for every contract, each checked against its own."""
        if unlike := set(SCHEMAS) ^ set(frames):
            raise TableError(f"a set of tables has {', '.join(SCHEMAS)}: mind {', '.join(sorted(unlike))}")
        for name, schema in SCHEMAS.items():
            object.__setattr__(self, name, conform(frames[name], schema))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a set of tables does not change: make a new one to have another {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a set of tables does not change: make a new one to be without {name}")

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in SCHEMAS:
            raise KeyError(f"no table {name!r}: there are {', '.join(SCHEMAS)}")
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(SCHEMAS)

    def __len__(self) -> int:
        return len(SCHEMAS)

    def __repr__(self) -> str:
        return "Tables(" + ", ".join(f"{name}: {len(frame)}" for name, frame in self.items()) + ")"


def write_tables(tables: Tables, folder: str | Path, format: str = "parquet") -> list[Path]:
    """Write every table as FOLDER/<table>.<format> with a manifest, whole or not at all.

    Returns the files made, the manifest last: it names the format, the sources with their digests,
    and the digest of every file.

    Raises
    ------
    TableError
        When the format is not one of parquet, csv, xlsx, jsonl.
    OutputError
        When the folder cannot be written to.
    """
    if format not in FORMATS:
        raise TableError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    with Staging(Path(folder)) as staging:
        names = [f"{name}.{format}" for name in tables]
        for name, frame in tables.items():
            _WRITERS[format](frame, staging.folder / f"{name}.{format}")
        about = ["doc_id", "source_path", "sha256", "encoding", "language", "words"]
        manifest = {
            "toolkit": toolkit.__version__,
            "format": format,
            "sources": tables.documents[about].to_dict("records"),
            "outputs": {name: sha256((staging.folder / name).read_bytes()).hexdigest() for name in names},
        }
        written = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (staging.folder / MANIFEST).write_text(written, encoding="utf-8")
        return staging.publish([*names, MANIFEST])


def read_tables(folder: str | Path) -> Tables:
    """Return the set of tables that `write_tables` put into a folder, in whichever format.

    Raises
    ------
    TableError
        When the set or a table of it is missing, cannot be read or does not keep its contract.
    """
    folder = Path(folder)
    try:
        format = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["format"]
        reader = _READERS[format]
    except (OSError, ValueError, KeyError, TypeError):
        raise TableError(
            f"{folder} holds no set of tables: make one with `toolkit tables SOURCE --out {folder}`"
        ) from None
    frames = {}
    for name, schema in SCHEMAS.items():
        path = folder / f"{name}.{format}"
        try:
            frames[name] = reader(path, schema)
        except FileNotFoundError:
            raise TableError(f"{path} is missing: make the set again with `toolkit tables`") from None
        except Exception as error:
            raise TableError(f"{path} cannot be read ({one_line(error)}): make the set again") from None
    return Tables(frames)


# --- one writer and one reader a format; strings stay strings, missing stays missing ---


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)


def _read_parquet(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    return pd.read_parquet(path, columns=list(schema.columns))


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    # A byte order mark, so that spreadsheets do not take UTF-8 for something else.
    frame.to_csv(path, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_MINIMAL, lineterminator="\n")


def _read_csv(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    return _typed(frame, schema)


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_jsonl(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="\n") as lines:
        return pd.DataFrame([json.loads(line) for line in lines], columns=list(schema.columns))


_CELL = 32_000  # Excel holds 32,767 characters a cell, counted in UTF-16
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MORE = re.compile(r"(?P<column>.+) \(part \d+\)")


def _write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    import openpyxl  # only this format needs it
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    columns = {name: _parts(frame[name]) if pd.api.types.is_string_dtype(frame[name]) else 1 for name in frame}
    sheet.append([name if i == 0 else f"{name} (part {i + 1})" for name, n in columns.items() for i in range(n)])
    for row in frame.itertuples(index=False):
        cells: list[Any] = []
        for value, n in zip(row, columns.values(), strict=True):
            for i in range(n):
                part = value[i * _CELL // 2 : (i + 1) * _CELL // 2] if isinstance(value, str) else value
                if isinstance(part, str):
                    part = _NOT_IN_XML.sub("\ufffd", part)
                cell = WriteOnlyCell(sheet, None if pd.isna(part) or part == "" else part)
                if isinstance(part, str) and part:
                    cell.data_type = "s"  # a text that begins with = is no formula
                cells.append(cell)
        sheet.append(cells)
    book.save(path)


def _parts(column: "pd.Series[str]") -> int:
    """Return over how many cells the longest text of a column is spread (code points may count double)."""
    longest = column.str.len().max()
    return 1 if pd.isna(longest) else max(1, -(-int(longest) // (_CELL // 2)))


def _read_xlsx(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    frame = pd.read_excel(path, dtype=str, keep_default_na=False, na_values=[])
    for name in [c for c in frame if _MORE.fullmatch(c)]:
        whole = _MORE.fullmatch(name)["column"]  # type: ignore[index]
        frame[whole] = frame[whole] + frame.pop(name)
    return _typed(frame, schema)


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a frame read as strings with numbers as numbers and empty strings as missing."""
    for name, column in schema.columns.items():
        if name in frame and column.nullable:
            frame[name] = frame[name].mask(frame[name] == "")
        if name in frame and str(column.dtype) in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
    return frame


_WRITERS = {"parquet": _write_parquet, "csv": _write_csv, "xlsx": _write_xlsx, "jsonl": _write_jsonl}
_READERS = {"parquet": _read_parquet, "csv": _read_csv, "xlsx": _read_xlsx, "jsonl": _read_jsonl}
