"""The lint is tested by mutation: a sound report passes, and each way to spoil it fails."""

import re

import pytest

import toolkit as tk
from toolkit.report import figures, narrative, reading, statements
from toolkit.report.glance import glance, summary
from toolkit.report.lint import complaints


@pytest.fixture(scope="module")
def page(sample) -> str:
    """Return the blocks of a report on the sample, as its notebook writes them."""
    tables = sample
    passages, sourcing = reading.Passages(tables), tk.sourcing(tables)
    parts = [
        narrative.title(tables.documents),
        glance(passages.voices, sourcing),
        reading.strip(passages),
        summary(passages.voices, sourcing),
        narrative.who_speaks(passages.voices),
        figures.words_by_voice(passages.voices),
        statements.index(passages),
        statements.ledger(passages),
        reading.article(passages),
        narrative.limits(tables.documents, tables.sentences),
        narrative.provenance(tables.documents, bars=12),
    ]
    return "\n".join(part._repr_mimebundle_()[0]["text/html"] for part in parts)


def rules(page: str) -> set[str]:
    return {complaint.rule for complaint in complaints(page)}


def spoiled(page: str, pattern: str, new: str) -> str:
    """Return the page with the first match of a pattern replaced; there must be one."""
    changed, times = re.subn(pattern, new, page, count=1, flags=re.DOTALL)
    assert times == 1
    return changed


def said(page: str, words: str) -> str:
    """Return the page with a sentence more in the report's own voice."""
    return page + f'<div class="attribution"><p>{words}</p></div>'


def test_a_sound_report_passes(page):
    assert complaints(page) == []


@pytest.mark.parametrize("include", ["full", "none"])
def test_a_sound_report_passes_however_much_of_the_text_it_shows(include, sample):
    passages = reading.Passages(sample, include)
    sound = [statements.index(passages), statements.ledger(passages), narrative.who_speaks(passages.voices)]
    html = "".join(part._repr_mimebundle_()[0]["text/html"] for part in [*sound, reading.article(passages)])
    assert complaints(html) == []


def test_a_statement_that_lost_its_claimant_fails(page):
    assert "claimant" in rules(spoiled(page, r'<strong class="claimant">.*?</strong>', ""))


def test_a_claimant_without_a_name_fails(page):
    bare = spoiled(page, r'(<strong class="claimant"><span class="name">)[^<]+', r"\1 ")
    assert "claimant" in rules(bare)


def test_a_claim_told_in_the_reports_own_voice_fails(page):
    [claim, *_] = re.findall(r'<span class="content">‹([^<›“”]{60,})', page)
    assert rules(said(page, claim)) == {"claimant"}
    assert rules(said(page, f"It is known that {claim}")) == {"claimant"}


def test_a_claim_in_quotation_marks_is_not_the_reports_own(page):
    [claim, *_] = re.findall(r'<span class="content">‹([^<›“”]{60,})', page)
    assert rules(said(page, f"The article says: “{claim}”.")) == set()


@pytest.mark.parametrize("verb", ["revealed", "claimed", "insists", "lied", "refuses", "Admitted", "debunked"])
def test_a_verb_that_judges_fails(page, verb):
    assert rules(spoiled(page, "This toolkit counted", f"This toolkit {verb}")) == {"verb"}


def test_a_cue_that_lost_its_quotation_marks_fails(page):
    assert "verb" in rules(spoiled(page, "“denied”", "denied"))


@pytest.mark.parametrize("term", ["regime", "terrorists", "propaganda", "Puppet", "so shameful"])
def test_a_charged_term_outside_quotation_marks_fails(page, term):
    assert rules(said(page, f"The {term} of the strait.")) == {"charged"}
    assert rules(said(page, f"What the article calls “the {term}”.")) == set()


def test_a_number_whose_link_was_dropped_fails(page):
    assert rules(spoiled(page, r'<a href="#ledger">([^<]+)</a>', r"\1")) == {"evidence"}
    assert rules(spoiled(page, r'(<td class="number">)<a [^>]+>(\d+)</a>', r"\1\2")) == {"evidence"}


def test_a_link_that_leads_nowhere_fails(page):
    assert rules(spoiled(page, r'<a href="#count-direct"', '<a href="#gone"')) == {"evidence"}


@pytest.mark.parametrize("target", ["https://example.org/", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_a_link_out_of_the_report_fails(page, target):
    assert "evidence" in rules(spoiled(page, r'<a href="#count-direct"', f'<a href="{target}"'))


def test_a_figure_that_lost_its_words_fails(page):
    assert rules(spoiled(page, r'role="img" aria-label="[^"]+"', 'role="img"')) == {"alternative"}
    assert rules(spoiled(page, r'<ol class="strip" aria-label="[^"]+"', '<ol class="strip"')) == {"alternative"}


def test_words_outside_what_the_toolkit_wrote_are_left_alone():
    assert complaints("<p>The regime lied 3 times.</p>") == []


# --- the whole page, section by section ---


@pytest.fixture(scope="module")
def sections(made) -> dict[str, str]:
    """Return the sections of a report's page by their headings, what stands before the first as ""."""
    whole = (made / "article.html").read_text(encoding="utf-8").partition("<main>")[2]
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", whole)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def test_the_whole_page_passes(made):
    assert complaints((made / "article.html").read_text(encoding="utf-8")) == []


def test_a_number_in_prose_that_lost_its_link_fails_in_every_section(sections):
    tried = 0
    for name, section in sections.items():
        told = [p for p in re.findall(r"<p(?: class=\"lead\")?>.*?</p>", section) if re.search(r">[^<]*\d[^<]*</a>", p)]
        for words in told:
            bare = re.sub(r"<a href=\"#[^\"]+\">([^<]*\d[^<]*)</a>", r"\1", words, count=1)
            if bare != words and "reference" not in words.partition(bare)[0]:
                found = {c.rule for c in complaints(f'<div class="attribution">{bare}</div>')}
                assert "evidence" in found, (name, bare)
                tried += 1
    assert tried > 12


def test_a_charged_word_or_a_judging_verb_fails_in_every_section(sections):
    for name, section in sections.items():
        if not re.search(r"<p(?: class=\"(?:note|lead)\")?>\w", section):
            continue
        for word, rule in (("regime", "charged"), ("lied", "verb")):
            spoilt = re.sub(r"(<p(?: class=\"(?:note|lead)\")?>)(\w)", rf"\1The {word} \2", section, count=1)
            own = spoilt if spoilt.startswith('<div class="attribution">') else f'<div class="attribution">{spoilt}'
            assert rule in {c.rule for c in complaints(own)}, name


def test_a_charged_word_fails_in_a_table_whose_figures_need_no_link():
    table = "<table data-given><tbody><tr><td>{}</td><td>3</td></tr></tbody></table>"
    assert rules(said("", table.format("the regime"))) == {"charged"}
    assert rules(said("", table.format('<span class="name">the regime</span>'))) == set()
    assert rules(said("", table.format("“regime”"))) == set()
