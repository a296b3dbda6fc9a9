"""The contract of every table: its grain, key and columns, with types, units and allowed values.

Offsets are Unicode code points of `documents.text`, end exclusive; `text[start:end]` is what is
written there. Missing values are missing (never an empty string).
"""

from collections.abc import Mapping

import pandera.pandas as pa

MODES = ("direct", "mixed", "indirect")
PARTS = ("headline", "byline", "dateline", "body")
ROLES = ("source", "cue", "content")
CERTAINTIES = ("asserted", "hedged", "reported", "predicted", "possible", "conditional", "demanded", "asked")
GRANULARITIES = ("day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century")
ANCHORS = ("written", "publication", "text", "unknown")
ORDERED = "start <= end"
SOURCE_KINDS = ("named", "unnamed")
ACTOR_KINDS = ("person", "state", "institution", "media", "group")
MENTION_FORMS = ("name", "alias", "title", "description", "pronoun", "metonym")
REFERENCE_KINDS = ("treaty", "resolution", "law", "charter", "constitution", "declaration", "report", "judgment")
SPEAKS_AS = ("official", "former official", "military", "expert", "journalist", "witness")


def _text(meaning: str, *, null: bool = False, among: tuple[str, ...] = ()) -> pa.Column:
    return pa.Column(str, pa.Check.isin(among) if among else None, nullable=null, description=meaning)


def _count(meaning: str) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(0), description=meaning)


def _degrees(meaning: str, most: float) -> pa.Column:
    return pa.Column(float, pa.Check.in_range(-most, most), nullable=True, description=meaning)


def _number(meaning: str) -> pa.Column:
    return pa.Column(float, nullable=True, description=meaning)


def _table(name: str, grain: str, key: list[str], columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    ordered = pa.Check(lambda df: df["start"] <= df["end"] if {"start", "end"} <= set(df) else True, name=ORDERED)
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
        "doc_id": _text("slug of the file's name and of the place in it, or of the id given there"),
        "title": _text("headline", null=True),
        "author": _text("who signs the text", null=True),
        "outlet": _text("where it was published", null=True),
        "published": _text("day it was published, else of the dateline, ISO 8601", null=True),
        "dateline": _text("place of the dateline, as written", null=True),
        "language": _text("ISO 639-1 code; und where it cannot be told"),
        "encoding": _text("how the file's bytes were read"),
        "source_path": _text("the file, as it was named, and where it holds many the place in it"),
        "sha256": _text("digest of the text's bytes; of a row of a table, of its own cells"),
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
        "raw_start": _count("first code point in the decoded file or cell (after a byte order mark), or in pages.text"),
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
        "source_kind": _text("whether the source has a name", null=True, among=SOURCE_KINDS),
        "found_by": _text("what gave the relation away; rows in codebook/accuracy.csv are named for it"),
        "continues": _text("the statement whose speaker goes on speaking here, without a source anew", null=True),
        "resolved_by": _text("how the actor was found, or why none was", null=True),
        "also": _text("actor_ids, parted by spaces, of others whom the source's words fit nearly as well", null=True),
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
    "somebody whom the text names or gives as a source",
    ["actor_id"],
    {
        "actor_id": _text("document, table and slug of the name"),
        "doc_id": _DOC_ID,
        "name": _text("the fullest form in the text, or the description of an unnamed source"),
        "kind": _text("what it is", among=ACTOR_KINDS),
        "named": _text("whether the text names them", among=SOURCE_KINDS),
        "country": _text("ISO 3166 code of the country that the name or title tells", null=True),
        "role": _text("title or office, as the text first gives it", null=True),
        "affiliation": _text("the body that a person belongs to, as the text gives it", null=True),
        "speaks_as": _text("what a person speaks as, by role", null=True, among=SPEAKS_AS),
        "in_codebook": _text("whether the codebook knows the name", among=("yes", "no")),
    },
)
MENTIONS = _table(
    "mentions",
    "a mention of an actor or a place",
    ["mention_id"],
    {
        "mention_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "actor_id": _text("who is mentioned", null=True),
        "place_id": _text("which place is mentioned", null=True),
        "form": _text("how it is mentioned", among=MENTION_FORMS),
        "written": _text("the words"),
    },
)
STATEMENTS = _table(
    "statements",
    "a clause",
    ["statement_id"],
    {
        "statement_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "voice": _text("the attribution whose content it is in, the innermost; missing for the author", null=True),
        "certainty": _text("how surely the voice puts it; see codebook/certainty_classes.csv", among=CERTAINTIES),
        "negated": pa.Column(bool, description="whether it says that something is not so"),
        "checkable": pa.Column(bool, description="whether somebody could look up if it is so; it says nothing on that"),
        "reason": _text("what makes it checkable, parted by commas, or what keeps it from that"),
    },
)
WORDING = _table(
    "wording",
    "a charged, hedging, boosting or sourcing term",
    ["wording_id"],
    {
        "wording_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "term": _text("the words, in lower case"),
        "class": _text("class of the term; see codebook/wording_classes.csv"),
        "voice": _text("the attribution whose content it is in, the innermost; missing for the author", null=True),
        "quoted": pa.Column(bool, description="whether it stands in quotation marks"),
    },
)
PLACES = _table(
    "places",
    "a place that the text names",
    ["place_id"],
    {
        "place_id": _text("document, table and slug of the name"),
        "doc_id": _DOC_ID,
        "name": _text("as the text first calls it"),
        "latitude": _degrees("degrees north; missing where no gazetteer has the place", 90),
        "longitude": _degrees("degrees east", 180),
        "country": _text("ISO 3166 code; missing for seas, disputed areas and what no gazetteer has", null=True),
        "gazetteer": _text("its number in GeoNames, its ISO code or its name in the codebook", null=True),
        "ambiguous": pa.Column(bool, description="whether another place of the name may be meant as well"),
    },
)
DATES = _table(
    "dates",
    "a date expression",
    ["date_id"],
    {
        "date_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "earliest": _text("first day that it may mean, ISO 8601; missing where it cannot be placed", null=True),
        "latest": _text("last day that it may mean", null=True),
        "granularity": _text("the unit that it is given in, of a range the smaller one", among=GRANULARITIES),
        "anchor": _text(
            "what places it: its own words, the day of publication, another date of the text", among=ANCHORS
        ),
        "ambiguous": pa.Column(bool, description="whether day and month may be the other way round (3/4/2024)"),
    },
)
QUANTITIES = _table(
    "quantities",
    "a number with what it counts",
    ["quantity_id"],
    {
        "quantity_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "low": _number("the number, or the least of a range; missing where the text gives no lower bound"),
        "high": _number("the number, or the most of a range; missing where the text gives no upper bound"),
        "approximate": pa.Column(bool, description="whether the text says that the number is near only"),
        "unit": _text(
            "see codebook/units.csv; shares are in percent; missing for what is counted one by one", null=True
        ),
        "counted": _text("the noun phrase of what is counted, as written", null=True),
    },
)
REFERENCES = _table(
    "references",
    "a reference to a legal act or a document",
    ["reference_id"],
    {
        "reference_id": _text("document, table and offsets"),
        "doc_id": _DOC_ID,
        "start": _START,
        "end": _END,
        "instrument": _text("name of the act or document; missing where the text leaves open which", null=True),
        "kind": _text("what it is; missing where that is open", null=True, among=REFERENCE_KINDS),
        "article": _text("article or section, as numbered; several parted by commas", null=True),
        "body": _text("whose act or document it is, as far as it is written beside it", null=True),
        "year": pa.Column("Int64", pa.Check.in_range(1, 9999), nullable=True, description="of its making, where told"),
        "instrument_id": _text("the same for all references to one act or document; missing where open", null=True),
        "form": _text("how it is referred to: by its name, or by a word that points to it", among=("name", "pointer")),
    },
)
PAGES = _table(
    "pages",
    "a page of the text that was taken out of a file that is no plain text",
    ["doc_id", "page"],
    {
        "doc_id": _DOC_ID,
        "page": _count("1 for the first; 0 where the format has no pages"),
        "raw_start": _count("first code point in the whole text taken out, which alignment leads to"),
        "raw_end": _count("end there, exclusive"),
        "text": _text("the text of the page, before it was cleaned"),
    },
)
FAILURES = _table(
    "failures",
    "a file, or a text in one, that could not be read",
    ["source_path", "reason"],
    {
        "source_path": _text("the file, as it was named, and the place in it"),
        "reason": _text("what is wrong, where, and what to do"),
    },
)
_OF_SOURCES = (DOCUMENTS, ALIGNMENT, PAGES, FAILURES)
_FOUND = (
    *(SENTENCES, ATTRIBUTIONS, ATTRIBUTION_SPANS, ACTORS, PLACES, MENTIONS),
    *(DATES, QUANTITIES, REFERENCES, STATEMENTS, WORDING),
)
SCHEMAS: Mapping[str, pa.DataFrameSchema] = {schema.name: schema for schema in (*_OF_SOURCES, *_FOUND)}
