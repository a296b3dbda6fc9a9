"""Which words weaken, strengthen, source or judge, and who uses them?"""

import pandas as pd

from toolkit import codebook
from toolkit.analysis.query import query
from toolkit.analysis.voices import voices
from toolkit.tables import Tables


def wording(tables: Tables) -> pd.DataFrame:
    """Return one row per use of a listed term, by class in the codebook's order, then in reading order.

    Columns: doc_id, wording_id, class, stance (whether it tells of certainty or source; else it is
    charged), term, voice (author, an actor_id or unidentified), name, kind, quoted (whether it stands
    in quotation marks), sentence_id and number of its sentence.
    """
    classes = pd.DataFrame(
        [(rank, c.name, c.kind == "stance") for rank, c in enumerate(codebook.wording_classes())],
        columns=["rank", "class", "stance"],
    )
    return query(
        """
        with spoken as (
            select w.*, coalesce(a.actor_id, if(w.voice is null, 'author', 'unidentified')) as speaker
            from wording w left join attributions a on a.attribution_id = w.voice
        )
        select w.doc_id, w.wording_id, w."class", c.stance, w.term, v.voice, v.name, v.kind, w.quoted,
               s.sentence_id, s.number
        from spoken w join sentences s on s.doc_id = w.doc_id and s.start <= w.start and w.start < s."end"
        join voices v on v.doc_id = w.doc_id and v.voice = w.speaker
        join classes c on c."class" = w."class"
        order by w.doc_id, c.rank, w.start, w."end"
        """,
        wording=tables.wording,
        attributions=tables.attributions,
        sentences=tables.sentences,
        voices=voices(tables),
        classes=classes,
    )
