"""A set of tables, each checked against its contract; the reader and writer of a set."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path
from typing import Any, Never

import pandas as pd
import pandera.pandas as pa

import toolkit
from toolkit.errors import SelectionError, TableError, UnknownName, one_line
from toolkit.staging import MANIFEST, Staging
from toolkit.tables.contracts import ORDERED, SCHEMAS
from toolkit.tables.fitting import fitted
from toolkit.tables.formats import READERS, WRITERS

FORMATS = tuple(WRITERS)
_ABOUT = ["doc_id", "source_path", "sha256", "encoding", "language", "words"]  # what a manifest says of a text


def conform(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return the frame with the schema's columns and types, checked; an empty one gets its columns.

    Raises
    ------
    TableError
        Naming the table, the column, the check that failed and the first value that fails it.
    """
    if frame.empty and not len(frame.columns):
        frame = pd.DataFrame(columns=list(schema.columns))
    if (fits := fitted(frame, schema)) is not None:
        return fits
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
        if check == ORDERED:
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
    statements: pd.DataFrame
    wording: pd.DataFrame
    places: pd.DataFrame
    mentions: pd.DataFrame
    dates: pd.DataFrame
    quantities: pd.DataFrame
    references: pd.DataFrame
    pages: pd.DataFrame
    failures: pd.DataFrame

    def __init__(self, frames: Mapping[str, pd.DataFrame], *, checked: Iterable[str] = ()) -> None:
        """Hold one frame for every contract, each checked against its own; a table that is not given is empty.

        `checked` names those that are just as `conform` returned them.
        """
        if unlike := set(frames) - set(SCHEMAS):
            raise TableError(f"a set of tables has {', '.join(SCHEMAS)}: leave out {', '.join(sorted(unlike))}")
        for name, schema in SCHEMAS.items():
            frame = frames[name] if name in checked else conform(frames.get(name, pd.DataFrame()), schema)
            object.__setattr__(self, name, frame)
        object.__setattr__(self, "_made", {})

    def once(self, make: "Callable[[Tables], Any]") -> Any:
        """Return what a function makes of these tables; it is made at the first call and kept: they do not change."""
        made: dict[Callable[[Tables], Any], Any] = self.__dict__["_made"]
        if make not in made:
            made[make] = make(self)
        return made[make]

    def __getattr__(self, name: str) -> Never:
        raise UnknownName(f"no table {name!r}: there are {', '.join(SCHEMAS)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a set of tables does not change: make a new one to have another {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a set of tables does not change: make a new one to be without {name}")

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in SCHEMAS:
            raise UnknownName(f"no table {name!r}: there are {', '.join(SCHEMAS)}")
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(SCHEMAS)

    def __len__(self) -> int:
        return len(SCHEMAS)

    def __repr__(self) -> str:
        return "Tables(" + ", ".join(f"{name}: {len(frame)}" for name, frame in self.items()) + ")"


def subset(tables: Tables, documents: str | Iterable[str]) -> Tables:
    """Return the set of tables of some of its documents, named by their doc_id.

    Raises
    ------
    SelectionError
        Naming the documents that there are, where one is not among them or none is asked for.
    """
    wanted = [documents] if isinstance(documents, str) else list(documents)
    there = tables.documents["doc_id"].tolist()
    unknown = [doc_id for doc_id in wanted if doc_id not in set(there)]
    if unknown or not wanted:
        asked = f"no document {unknown[0]!r}" if unknown else "no document is asked for"
        raise SelectionError(f"{asked}: there are {', '.join(there)}")
    return Tables({n: f[f["doc_id"].isin(wanted)] if "doc_id" in f else f for n, f in tables.items()})


def write_tables(tables: Tables | Iterable[Tables], folder: str | Path, format: str = "parquet") -> list[Path]:
    """Write every table as FOLDER/<table>.<format> with a manifest, whole or not at all.

    `tables` may be sets of different texts, one after the other: they are written as one set, and no
    more than one is held at a time. Returns the files made, the manifest last: it names the format,
    the sources with their digests, what could not be read, and the digest of every file.

    Raises
    ------
    TableError
        When the format is not one of parquet, csv, xlsx, jsonl.
    OutputError
        When the folder cannot be written to.
    """
    if format not in FORMATS:
        raise TableError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    sources: list[Mapping[Any, Any]] = []
    failures: list[Mapping[Any, Any]] = []
    with Staging(Path(folder)) as staging:
        names = [f"{name}.{format}" for name in SCHEMAS]
        with ExitStack() as files:
            add = {
                name: files.enter_context(WRITERS[format](staging.folder / f"{name}.{format}", empty))
                for name, empty in Tables({}).items()
            }
            for some in [tables] if isinstance(tables, Tables) else tables:
                for name, frame in some.items():
                    add[name](frame)
                sources += some.documents[_ABOUT].to_dict("records")
                failures += some.failures.to_dict("records")
        manifest = {
            "toolkit": toolkit.__version__,
            "format": format,
            "sources": sources,
            "failures": failures,
            "outputs": {name: _digest(staging.folder / name) for name in names},
        }
        written = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (staging.folder / MANIFEST).write_text(written, encoding="utf-8")
        return staging.publish([*names, MANIFEST])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


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
        reader = READERS[format]
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
