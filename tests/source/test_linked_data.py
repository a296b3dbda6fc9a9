"""What a page says of its article in JSON-LD, in the forms in which news sites write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.source.linked_data import article

SAID = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Tom &amp; the pier",
    "datePublished": "2031-09-23T23:30:00-05:00",
    "author": {"@type": "Person", "name": "Maria von Orr"},
    "publisher": {"@type": "Organization", "name": "Coast News"},
}
TOLD = {"title": "Tom & the pier", "author": "Maria von Orr", "outlet": "Coast News", "date": "2031-09-23"}
OTHER = {**SAID, "headline": "Another pier", "author": "Bo Ek", "datePublished": "2030-01-01"}
BARE = {key: value for key, value in SAID.items() if key != "@context"}


def page(*said: object, title: str = "Tom &amp; the pier | Coast News") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in said)
    return f"<html><head><title>{title}</title>{scripts}</head><body><p>Calm.</p></body></html>"


@pytest.mark.parametrize(
    "said",
    [
        [SAID],
        [BARE],
        [{**SAID, "@type": ["Thing", "AnalysisNewsArticle"]}],
        [{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, BARE]}],
        [{"@type": "WebPage", "name": "Tom | Coast News", "mainEntity": BARE}],
        [[{"@type": "BreadcrumbList"}, SAID], OTHER],
        [OTHER, SAID],
        [{**SAID, "author": {"@id": "#o"}}, {"@type": "Person", "@id": "#o", "name": "Maria von Orr"}],
        [{**SAID, "author": ["Maria von Orr", {"@type": "Organization", "name": "Coast News"}]}],
        [{**SAID, "comment": [{"@type": "Comment", "author": {"name": "Bo Ek"}}]}],
    ],
)
def test_the_article_of_the_page_is_told_with_its_own_author(said):
    assert article(page(*said)).metadata == TOLD


def test_several_authors_and_names_with_marks_stay_whole():
    names = ["Conan O’Brien", "Ada Lind Jr.", "https://coast.example/ada", "By Bo Ek"]
    said = {**SAID, "author": [{"@type": "Person", "name": name} for name in names]}
    assert article(page(said)).metadata["author"] == "Conan O’Brien, Ada Lind Jr., Bo Ek"


def test_what_surrounds_or_spoils_the_data_harms_nothing():
    around = page(SAID).replace("{", "\n//<![CDATA[\n{", 1).replace("</script>", "\n//]]></script>")
    assert article(around).metadata == TOLD
    assert article(page(SAID).replace("the pier", "the\npier")).metadata == TOLD
    assert article(page(SAID)[:200]).metadata == {}
    assert article(page({"@type": "NewsArticle", "author": [[], {}, None, 7], "publisher": "x"})).metadata == {
        "outlet": "x"
    }


def test_a_page_says_that_it_costs_money_or_is_a_live_blog():
    assert article(page({**SAID, "isAccessibleForFree": "False"})).is_paid
    assert not article(page(SAID)).is_paid
    assert article(page({**SAID, "@type": "LiveBlogPosting"})).is_live


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["@type", "@graph", "@id", "author", "name", "headline", "publisher", "mainEntity"]),
                inner,
            )
        ),
    )
)
def test_any_data_is_read_or_left(said):
    assert set(article(page(said)).metadata) <= set(TOLD)
