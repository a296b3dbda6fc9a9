"""The card of a set of tables: what is in it, and where it comes from."""

from pathlib import Path

import pandas as pd

import toolkit
from toolkit.analysis import voices
from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Heading, Numbers, Paragraph
from toolkit.report.displays import Table
from toolkit.report.inline import Line, Name, Small, Strong, line
from toolkit.report.lab import Shown
from toolkit.report.wording import day, percent, plural
from toolkit.tables import Tables

_MOST = 12  # texts listed
_DIGEST = 12  # of 64 digits: enough to tell two files apart


def card(tables: Tables) -> Shown:
    """Return counts and provenance of a set of tables, and what may be asked next."""
    documents = tables.documents
    if documents.empty:
        return Shown(Paragraph(line("A set of tables without a text.")))
    kinds = tables.attributions["source_kind"]
    counts = [
        (int(documents["words"].sum()), "words"),
        (len(tables.attributions), "statements"),
        (tables.attributions["actor_id"].nunique(), "sources"),
        (int((kinds == "unnamed").sum()), "statements of unnamed sources"),
    ]
    first = documents["doc_id"].iloc[0]
    many = len(documents) > 1
    asked = f"tk.document(tables, {first!r})" if many else "tk.document(tables)"
    rows = ", ".join(f"{name} {len(frame):,}" for name, frame in tables.items())
    return Shown(
        Heading(line(Name(line(_title(documents)))), "tables"),
        Numbers(tuple((line(f"{n:,}"), label) for n, label in counts)),
        _texts(tables),
        Paragraph(line(f"Rows: {rows}. Read by attribution-toolkit {toolkit.__version__}."), "note"),
        Paragraph(
            line(f"Next: {asked} to read, tk.voices(tables) for who speaks, tk.ledger(tables) for who says what."),
            "note",
        ),
    )


def _title(documents: pd.DataFrame) -> str:
    if len(documents) > 1:
        return plural(len(documents), "text")
    return str(documents["title"].fillna(documents["doc_id"]).iloc[0])


def _texts(tables: Tables) -> Table:
    said = voices(tables)
    shares = said[said["voice"] == AUTHOR].set_index("doc_id")["share"]
    statements = tables.attributions["doc_id"].value_counts()
    rows: list[tuple[Line, ...]] = []
    for row in tables.documents.head(_MOST).itertuples(index=False):
        by = [part for part in (row.author, row.outlet, row.dateline, day(row.published)) if isinstance(part, str)]
        headline = row.title if isinstance(row.title, str) else "no headline found"
        rows.append(
            (
                line(Strong(line(row.doc_id))),
                line(Name(line(headline)), " ", Small(line(" · ".join(by)))),
                line(row.language),
                line(f"{row.words:,}"),
                line(f"{statements.get(row.doc_id, 0):,}"),
                line(percent(shares[row.doc_id])),
                line(Name(line(Path(row.source_path).name)), " ", Small(line(row.sha256[:_DIGEST]))),
            )
        )
    columns = ("Text", "Headline", "Language", "Words", "Statements", "Author’s own", "File, SHA-256")
    left = len(tables.documents) - _MOST
    caption = "Texts, the share of the body’s words that is the author’s own, and the files they were read from"
    caption += f"; {left:,} more are not listed" if left > 0 else ""
    return Table(caption, columns, rows, "Headline", frozenset(columns[3:6]), given=True)
