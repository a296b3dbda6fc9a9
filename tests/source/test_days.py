"""The day of publication, in the forms in which exports give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.source.days import day


@pytest.mark.parametrize(
    "written",
    [
        "2031-05-13",
        "2031-05-13T23:30:00.000+0200",
        "20310513",
        "20310513101500",
        "20310513T101500Z",
        "2031/5/13",
        "13.05.2031",
        "13/05/2031",
        "5/13/2031",
        "Tue, 13 May 2031 23:30:00 +0200",
        "Tue May 13 10:00:00 +0000 2031",
        "Tuesday, May 13, 2031",
        "May 13, 2031 at 10:00 AM",
        "13 May 2031, 10.30am",
        " 1936396800 ",
        "1936396800.5",
        "1936396800000",
    ],
)
def test_a_day_is_read_in_every_form_that_leaves_no_doubt(written):
    assert day(written) == "2031-05-13"


@pytest.mark.parametrize("written", ["3/4/2031", "May 2031", "2031", "1 May", "99999999", "2031-13-45", "soon", ""])
def test_what_is_no_day_or_may_be_two_is_none(written):
    assert day(written) is None


@given(st.text())
def test_any_text_is_a_day_or_none(written):
    found = day(written)
    assert found is None or len(found) == 10
