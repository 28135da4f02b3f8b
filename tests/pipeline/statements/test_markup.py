"""Which works a text cites, in every way that publishers tag it."""

import pytest

from schemas.statement import CitedWork


def x(number, text=None, kind="bibr"):
    shown = number if text is None else text
    return f'<xref ref-type="{kind}" rid="r{number}">{shown}</xref>'


PATTERNS = {
    "a number in brackets": (f"Rain fell [{x(3)}].", {3}),
    "brackets inside of the tag": (f"Rain fell {x(3, '[3]')}.", {3}),
    "several in brackets": (f"Rain fell [{x(1)}, {x(4)}].", {1, 4}),
    "a raised number": (f"Rain fell<sup>{x(2)}</sup>.", {2}),
    "raised numbers": (f"Rain fell<sup>{x(2)},{x(5)}</sup>.", {2, 5}),
    "raised inside of the tag": (f"Rain fell{x(2, '<sup>2</sup>')}.", {2}),
    "author and year": (f"Rain fell ({x(6, 'Moss et al., 2010')}).", {6}),
    "the author tells": (f"{x(6, 'Moss et al. (2010)')} saw rain.", {6}),
    "a bare year": (f"Moss et al. ({x(6, '2010')}) saw rain.", {6}),
    "author and year tagged apart": (
        f"Rain ({x(6, 'Moss')}, {x(6, '2010')}) fell.",
        {6},
    ),
    "ref-type ref": (f"Rain fell [{x(3, kind='ref')}].", {3}),
    "any other ref-type": (f"Rain fell [{x(3, kind='other')}].", {3}),
    "several rids in one": (
        'Rain <xref ref-type="bibr" rid="r1 r2">1,2</xref>.',
        {1, 2},
    ),
    "a range with both ends": (f"Rain fell [{x(3)}–{x(6)}].", {3, 4, 5, 6}),
    "a range with a hyphen": (f"Rain fell [{x(3)}-{x(5)}].", {3, 4, 5}),
    "a range of brackets": (f"Rain fell [{x(3)}]-[{x(5)}].", {3, 4, 5}),
    "a raised range": (f"Rain fell<sup>{x(3)}–{x(5)}</sup>.", {3, 4, 5}),
    "a range inside of one tag": (f"Rain fell {x(3, '[3–5]')}.", {3, 4, 5}),
    "a list inside of one tag": (f"Rain fell {x(3, '[3,7,9]')}.", {3, 7, 9}),
    "an untagged end": (f"Rain fell [{x(3)}–5].", {3, 4, 5}),
    "an untagged beginning": (f"Rain fell [3–{x(5)}].", {3, 4, 5}),
    "empty tags inside of a range": (
        f"Rain fell ({x(3)}{x(4, '')}{x(5, '')}–{x(6)}).",
        {3, 4, 5, 6},
    ),
    "empty tags after the dash": (
        f"Rain fell ({x(3)}–{x(4, '')}{x(5, '')}{x(6)}).",
        {3, 4, 5, 6},
    ),
    "the dash is tagged": (f"Rain fell [{x(3)}{x(4, '–')}{x(5)}].", {3, 4, 5}),
    "a range and more": (f"Rain [{x(1)},{x(3)}–{x(5)},{x(9)}].", {1, 3, 4, 5, 9}),
}


@pytest.mark.parametrize(("text", "numbers"), PATTERNS.values(), ids=PATTERNS)
def test_each_cited_work_has_one_statement_that_cites_it_once(found, text, numbers):
    statements = found(text)
    assert {one.cited_doi for one in statements} == {f"10.5555/w{n}" for n in numbers}
    assert [one.mention_count for one in statements] == [1] * len(numbers)
    assert len({one.text for one in statements}) == 1


NO_RANGES = {
    "years": f"Rain fell ({x(6, '1990')}–2010).",
    "a number that is none of a reference": f"Rain fell [{x(3)}]–5 mm.",
    "a measure": f"Rain fell <sup>{x(3)}</sup> 4–5 times.",
    "percent": f"Rain fell {x(3)}–5%.",
    "beyond the list": f"Rain fell [{x(11)}–99].",
    "backwards": f"Rain fell [{x(5)}–{x(3)}].",
}


@pytest.mark.parametrize("text", NO_RANGES.values(), ids=NO_RANGES)
def test_what_is_no_range_is_not_expanded(found, text):
    tagged = {f"10.5555/w{n}" for n in (3, 5, 6, 11) if f'rid="r{n}"' in text}
    assert {one.cited_doi for one in found(text)} == tagged


def test_numbers_that_are_not_those_of_the_list_make_no_range(found):
    unnumbered = "".join(
        f'<ref id="r{n}"><label>{label}</label><element-citation/></ref>'
        for n, label in ((1, "4"), (2, "5"), (3, "6"), (4, "7"))
    )
    statements = found(f"Rain [{x(1)}–{x(3)}].", references=unnumbered)
    assert {one.ref_ids for one in statements} == {("r1",), ("r3",)}


def test_two_lists_that_count_from_one_make_no_range(found):
    second = '<ref id="s1"><label>1</label><element-citation/></ref>'
    lists = (
        f"{''.join(REF.format(n=n) for n in range(1, 5))}</ref-list><ref-list>{second}"
    )
    statements = found(f"Rain [{x(1)}–{x(3)}].", references=lists)
    assert {one.ref_ids for one in statements} == {("r1",), ("r3",)}


REF = '<ref id="r{n}"><label>{n}</label><element-citation/></ref>'


def test_twice_in_a_sentence_is_counted_twice(found):
    (one,) = found(f"Rain [{x(3)}] fell, and snow [{x(3)}].")
    assert (one.mention_count, one.markers) == (2, ("3", "3"))


def test_a_range_and_the_work_itself_are_two_mentions(found):
    statements = found(f"Rain [{x(3)}–{x(5)}] fell, and snow [{x(4)}].")
    (four,) = (one for one in statements if one.cited_doi == "10.5555/w4")
    assert four.mention_count == 2
    assert four.markers == ("3–5", "4")


def test_one_work_in_two_references_is_one_statement(found):
    double = (
        '<ref id="r1"><element-citation><pub-id pub-id-type="doi">10.5555/w'
        "</pub-id></element-citation></ref>"
        '<ref id="r2"><element-citation><pub-id pub-id-type="doi">10.5555/W'
        "</pub-id></element-citation></ref>"
    )
    (one,) = found(f"Rain [{x(1)}, {x(2)}].", references=double)
    assert one.ref_ids == ("r1", "r2")
    assert one.mention_count == 2


def test_several_works_in_one_reference_are_each_found(found):
    both = (
        '<ref id="r1"><label>1</label><mixed-citation>a) <pub-id pub-id-type="doi">'
        "10.5555/a</pub-id></mixed-citation><mixed-citation>b) "
        '<pub-id pub-id-type="doi">10.5555/b</pub-id></mixed-citation></ref>'
    )
    for doi in ("10.5555/a", "10.5555/b"):
        (one,) = found(f"Rain [{x(1)}].", [CitedWork(doi=doi)], references=both)
        assert one.cited_doi == doi
    every = found(f"Rain [{x(1)}].", references=both)
    assert {one.cited_doi for one in every} == {"10.5555/a", "10.5555/b"}
    asked = [CitedWork(doi="10.5555/a"), CitedWork(doi="10.5555/b")]
    assert found(f"Rain [{x(1)}].", asked, references=both) == every


def test_a_work_told_for_people_and_for_machines_is_one(found):
    both = (
        '<ref id="r1"><citation-alternatives><mixed-citation>Moss, doi 10.5555/a'
        "</mixed-citation><element-citation>"
        '<pub-id pub-id-type="doi">10.5555/a</pub-id></element-citation>'
        "</citation-alternatives></ref>"
    )
    (one,) = found(f"Rain [{x(1)}].", references=both)
    assert (one.cited_doi, one.mention_count) == ("10.5555/a", 1)


def test_an_id_inside_of_the_reference_names_it_too(found):
    inner = (
        '<ref><element-citation id="c1"><pub-id pub-id-type="doi">10.5555/a</pub-id>'
        "</element-citation></ref>"
    )
    text = 'Rain [<xref ref-type="bibr" rid="c1">1</xref>].'
    (one,) = found(text, references=inner)
    assert one.cited_doi == "10.5555/a"


WAYS = {
    "its DOI": (
        '<pub-id pub-id-type="doi">10.5555/A</pub-id>',
        CitedWork(doi="10.5555/a"),
    ),
    "its DOI as a link": (
        '<ext-link xlink:href="https://doi.org/10.5555/a">here</ext-link>',
        CitedWork(doi="10.5555/a"),
    ),
    "its DOI in words": ("Moss. doi: 10.5555/a.", CitedWork(doi="10.5555/a")),
    "its PMID": ('<pub-id pub-id-type="pmid">12</pub-id>', CitedWork(pmid="12")),
    "its PMCID": ('<pub-id pub-id-type="pmcid">PMC9</pub-id>', CitedWork(pmcid="PMC9")),
    "its title": (
        "<article-title>The <italic>slow</italic> rain</article-title>",
        CitedWork(doi="10.5555/a", title="The Slow Rain."),
    ),
}


@pytest.mark.parametrize(("reference", "cited"), WAYS.values(), ids=WAYS)
def test_a_reference_is_found_by(found, reference, cited):
    listed = f'<ref id="r1"><mixed-citation>{reference}</mixed-citation></ref>'
    (one,) = found(f"Rain [{x(1)}].", [cited], references=listed)
    assert one.cited_doi == cited.doi
    assert (
        found(f"Rain [{x(1)}].", [CitedWork(doi="10.5555/zz")], references=listed) == []
    )


def test_a_title_does_not_win_over_another_doi(found):
    listed = (
        '<ref id="r1"><element-citation><article-title>Rain</article-title>'
        '<pub-id pub-id-type="doi">10.5555/preprint</pub-id></element-citation></ref>'
    )
    cited = CitedWork(doi="10.5555/published", title="Rain")
    assert found(f"Rain [{x(1)}].", [cited], references=listed) == []
