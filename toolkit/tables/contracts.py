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
ORDERED = "start <= end"
SOURCE_KINDS = ("named", "unnamed")
ACTOR_KINDS = ("person", "state", "institution", "media", "group")
MENTION_FORMS = ("name", "alias", "title", "description", "pronoun", "metonym")
SPEAKS_AS = ("official", "former official", "military", "expert", "journalist", "witness")


def _text(meaning: str, *, null: bool = False, among: tuple[str, ...] = ()) -> pa.Column:
    return pa.Column(str, pa.Check.isin(among) if among else None, nullable=null, description=meaning)


def _count(meaning: str) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(0), description=meaning)


def _degrees(meaning: str, most: float) -> pa.Column:
    return pa.Column(float, pa.Check.in_range(-most, most), nullable=True, description=meaning)


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
_ALL = (DOCUMENTS, ALIGNMENT, SENTENCES, ATTRIBUTIONS, ATTRIBUTION_SPANS, ACTORS, PLACES, MENTIONS, STATEMENTS, WORDING)
SCHEMAS: Mapping[str, pa.DataFrameSchema] = {schema.name: schema for schema in _ALL}
