"""Saved web pages give their article, and say who wrote it, when and where."""

import json

import pytest

from toolkit.errors import SourceError
from toolkit.report.run import warnings
from toolkit.source.files import texts

from .conftest import PAGE, PROSE


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_a_page_gives_its_article_and_what_it_says_of_it(piece):
    found = piece(PAGE.encode(), "a.html")
    assert found.metadata == {
        "title": "Who owns the pier?",
        "author": "Ada Lind",
        "outlet": "Coast News",
        "date": "2031-05-01",
    }
    assert found.encoding == "utf-8"
    paragraphs = found.plain.split("\n\n")
    assert paragraphs[-2:] == [PROSE, "She denied that it was ever sold, and said that it would not be."]
    assert "Sport" not in found.plain
    assert "newsletter" not in found.plain


def test_the_text_taken_out_is_kept_to_align_to(piece):
    found = piece(PAGE.encode(), "a.html")
    assert found.taken == found.plain
    assert found.alignment[-1].raw_end == len(found.taken)


def test_the_same_page_gives_the_same_text(piece):
    assert piece(PAGE.encode(), "a.html") == piece(PAGE.encode(), "a.html")


def test_lists_quotations_and_breaks_are_parted(piece):
    body = f"<p>{PROSE}</p><ul><li>One is calm.</li><li>Two is not.</li></ul><blockquote>“So it is.”</blockquote>"
    assert piece(page(f"<article>{body}</article>"), "a.html").plain.split("\n\n") == [
        PROSE,
        "One is calm.",
        "Two is not.",
        "“So it is.”",
    ]


@pytest.mark.parametrize(
    ("declared", "written", "told"),
    [
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ('<meta charset="iso-8859-2">', "iso-8859-2", "iso-8859-2"),
        ('<meta charset="shift_jis">', "utf-8", "utf-8 (declared as shift_jis)"),
        ('<meta charset="nonsense">', "cp1252", "windows-1252 (declared as nonsense)"),
        ('<meta charset="unicode_escape">', "cp1252", "windows-1252 (declared as unicode_escape)"),
        ("", "utf-16", "utf-16-le"),
        (
            '<meta charset="windows-1251"><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
            "utf-8",
            "utf-8 (declared as big5, windows-1251, koi8-r)",
        ),
    ],
)
def test_what_the_bytes_are_goes_before_what_is_declared(piece, declared, written, told):
    first = '<?xml version="1.0" encoding="big5"?>' if "koi8" in declared else ""
    text = f"{first}<!doctype html><html><head>{declared}</head><body><p>Zoé’s pier is old.</p></body></html>"
    found = piece(text.replace("’", "'").encode(written), "a.html")
    assert found.plain == "Zoé's pier is old."
    assert found.encoding == told


def test_a_day_that_the_page_does_not_give_is_not_guessed(piece):
    assert "date" not in piece(page(f"<p>{PROSE}</p><p>It was so on May 3, 2019 and will be.</p>"), "a.html").metadata


def test_a_page_without_an_article_is_told(read):
    for body in ("", "<script>run()</script>", "<img src=a.png>"):
        with pytest.raises(SourceError, match=r"a\.html (is a web page in which no article was found|holds no text)"):
            read(page(body), "a.html")


def test_a_page_nested_deeper_than_python_goes_is_read_or_refused(read):
    try:
        read(page("<div>" * 5000 + PROSE), "a.html")
    except SourceError as error:
        assert "a.html" in str(error)  # noqa: PT017 - either will do


def between(first: str, paragraph: str, last: str) -> bytes:
    return page(f"<article><p>{first}</p>{paragraph}<p>{last}</p></article>", "<title>Calm</title>")


def test_a_paragraph_that_is_a_link_as_a_whole_is_part_of_the_article(piece):
    linked = "The harbour board has counted every boat that came in two years, and found that there were fewer."
    data = between(PROSE, f"<p><a href='/board'>{linked}</a></p>", PROSE.replace("pier", "quay"))
    assert piece(data, "a.html").plain.split("\n\n")[1] == linked


def test_the_posts_of_a_live_blog_are_its_article_with_their_headings(piece):
    posts = "".join(f"<article><header><h3>Hour {n}</h3></header><p>{n} boats. {PROSE}</p></article>" for n in range(3))
    said = {
        "@type": "LiveBlogPosting",
        "headline": "The day at the pier",
        "author": {"name": "Ada Lind"},
        "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Hour 0", "author": {"name": "Bo Ek"}}],
    }
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    found = piece(page(f"<main><h1>The day</h1>{posts}</main>", f"<title>Live</title>{script}"), "a.html")
    assert [n for n in range(3) if f"Hour {n}" in found.plain and f"{n} boats." in found.plain] == [0, 1, 2]
    assert found.metadata == {"title": "The day at the pier", "author": "Ada Lind"}


def test_a_report_on_a_page_that_costs_money_says_so(tmp_path):
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    (tmp_path / "a.html").write_bytes(page(f"<article><p>{PROSE}</p></article>", script))
    [text] = texts([tmp_path])
    assert warnings(text) == ["the page says that it is not free to read: what was saved may be its beginning only"]
