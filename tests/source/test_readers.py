"""Whatever bytes a file holds, reading gives documents or a complaint that names the file."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.source.clean import printable
from toolkit.source.content import Unread
from toolkit.source.options import Options
from toolkit.source.readers import pieces

from .conftest import MESSAGE, PAGE, PROSE, docx, json_lines, tarred, zipped

WHOLE = {
    "a.txt": PROSE.encode(),
    "a.html": PAGE.encode(),
    "a.docx": docx(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"),
    "a.eml": MESSAGE.encode(),
    "a.mbox": b"From a@b.c Thu May  1 23:30:00 2031\n" + MESSAGE.encode(),
    "a.csv": f'id,text\n1,"{PROSE}"\n'.encode(),
    "a.jsonl": json_lines({"text": PROSE}),
    "a.zip": zipped({"a.txt": PROSE, "b.csv": "id,text\n1,calm\n"}, 0),
    "a.tar": tarred({"a.txt": PROSE}),
}
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(edits=edits)
def test_any_bytes_are_read_or_refused_in_one_line_that_names_the_file(name, edits):
    data = bytearray(WHOLE[name])
    for at, length, new in edits:
        start = int(at * len(data))
        data[start : start + length] = new
    try:
        found = list(pieces(io.BytesIO(bytes(data)), name, Options(max_megabytes=1)))
        complaints = [piece.reason for piece in found if isinstance(piece, Unread)]
    except SourceError as error:
        complaints = [str(error)]
    for complaint in complaints:
        assert complaint.startswith(name)
        assert complaint == printable(complaint)
