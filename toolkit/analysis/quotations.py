"""How many quotations does a text leave open?"""

import pandas as pd

from toolkit.source.quotes import quotes
from toolkit.spans import Span


def unclosed(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row per document. Columns: doc_id, unclosed (quotations of the body that nothing ends)."""
    body = sentences[sentences["part"] == "body"]
    paragraphs = {
        doc_id: [
            Span(*ends)
            for ends in rows.groupby("paragraph").agg({"start": "min", "end": "max"}).itertuples(index=False)
        ]
        for doc_id, rows in body.groupby("doc_id", sort=False)
    }
    counts = [
        sum(not quote.closed for quote in quotes(text, paragraphs.get(doc_id, [])))
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    ]
    return pd.DataFrame({"doc_id": documents["doc_id"].tolist(), "unclosed": counts}).astype({"unclosed": "int64"})
