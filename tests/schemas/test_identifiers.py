"""Identifiers in their normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identifiers import (
    normalise_arxiv,
    normalise_doi,
    normalise_openalex,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("10.5555/12345678", "10.5555/12345678"),
        ("10.5555/ABC", "10.5555/abc"),
        ("doi:10.5555/abc", "10.5555/abc"),
        ("DOI: 10.5555/abc", "10.5555/abc"),
        ("https://doi.org/10.5555/abc", "10.5555/abc"),
        ("http://dx.doi.org/10.5555/abc", "10.5555/abc"),
        ("doi.org/10.5555/abc", "10.5555/abc"),
        ("info:doi/10.5555/abc", "10.5555/abc"),
        ("  10.5555/abc\n", "10.5555/abc"),
        ("10.5555/abc.", "10.5555/abc"),
        ("10.5555/abc).", "10.5555/abc"),
        ("10.5555/a(b)", "10.5555/a(b)"),
        ("10.1000.10/123", "10.1000.10/123"),
        (
            "10.1890/0012-9615(1999)069[0569:EDILSA]2.0.CO;2",
            "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2",
        ),
        (
            "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1",
            "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",
        ),
        ("10.5555/a,b+c", "10.5555/a,b+c"),
        ("https://doi.org/10.5555%2Fabc", "10.5555/abc"),
        ("https://doi.org/10.5555/a%2Bb", "10.5555/a+b"),
        ("10.5555%2Fabc", "10.5555/abc"),
        ("10.5555/100%25", "10.5555/100%25"),
        ("https://doi.org/10.5555/a%FFb", "10.5555/a%ffb"),
        ("http://dx.doi.org/doi:10.5555/ABC", "10.5555/abc"),
        ("\ufeff10.5555/a\u200bb\u00adc", "10.5555/abc"),
        ("10.5555/3.0.co;2-#", "10.5555/3.0.co;2-#"),
        (
            "10.1175/1520-0493(1996)124&LT;0362:TAROTU&gt;2.0.CO;2",
            "10.1175/1520-0493(1996)124<0362:tarotu>2.0.co;2",
        ),
        ("10.5555/a&amp;lt;b", "10.5555/a<b"),
        (
            "10.1890/0012-9658(1998)079%5B1859:APIAMR%5D2.0.CO;2",
            "10.1890/0012-9658(1998)079[1859:apiamr]2.0.co;2",
        ),
        ("10.5555%252Fabc", "10.5555/abc"),
    ],
)
def test_doi_is_brought_to_its_normal_form(written, normal):
    assert normalise_doi(written) == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.5555",
        "10.5555/",
        "11.5555/abc",
        "10.12/abc",
        "10.5555/a b",
        "abc",
        "10.5555/.",
        "10.5555/a\x00b",
        "10.5555/a\udcff",
        "10.\u0661\u0661\u0661\u0661/a",
        "10.5555/" + "a" * 2_100,
    ],
)
def test_what_is_not_one_doi_is_refused(text):
    with pytest.raises(ValueError, match="not a DOI"):
        normalise_doi(text)


UGLY = st.sampled_from(
    [
        "%",
        "25",
        "5b",
        "3C",
        "&",
        "amp;",
        "lt;",
        ")",
        "(",
        ".",
        ",",
        "doi:",
        "A",
        "%c2%ad",
    ]
)


@given(
    prefix=st.sampled_from(["", "doi:", "https://doi.org/", "DOI: doi:"]),
    suffix=st.text(min_size=1, max_size=30) | st.lists(UGLY, min_size=1).map("".join),
)
def test_normalising_a_doi_twice_changes_nothing(prefix, suffix):
    try:
        once = normalise_doi(f"{prefix}10.5555/{suffix}")
    except ValueError:
        return
    assert normalise_doi(once) == once


def test_orcid_is_taken_from_its_url():
    assert (
        normalise_orcid("https://orcid.org/0000-0002-1825-009x")
        == "0000-0002-1825-009X"
    )


def test_openalex_id_is_taken_from_its_url():
    assert normalise_openalex("https://openalex.org/w2741809807") == "W2741809807"


def test_openalex_author_id_is_not_a_work_id():
    with pytest.raises(ValueError, match="not an OpenAlex work id"):
        normalise_openalex("https://openalex.org/A5023888391")


@pytest.mark.parametrize(
    "written", [123, "0123", "https://pubmed.ncbi.nlm.nih.gov/123/"]
)
def test_pmid_is_digits_without_leading_zeros(written):
    assert normalise_pmid(written) == "123"


@pytest.mark.parametrize("written", ["PMC123", "pmc123.1", 123])
def test_pmcid_has_its_prefix_and_no_version(written):
    assert normalise_pmcid(written) == "PMC123"


@pytest.mark.parametrize("written", ["PMC0", "PMC", "", "\u0663"])
def test_no_pmcid_is_refused(written):
    with pytest.raises(ValueError, match="not a PMCID"):
        normalise_pmcid(written)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2101.00001", "2101.00001"),
        ("0704.0001", "0704.0001"),
        ("arXiv:2101.00001v12", "2101.00001"),
        ("http://arxiv.org/abs/2101.00001v2", "2101.00001"),
        ("https://arxiv.org/pdf/2101.00001.pdf", "2101.00001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v1", "math/0309136"),
        ("cond-mat.mes-hall/9901001", "cond-mat/9901001"),
        (" ARXIV: MATH/0309136 ", "math/0309136"),
    ],
)
def test_arxiv_identifiers_have_neither_version_nor_class(written, normal):
    assert normalise_arxiv(written) == normal
    assert normalise_arxiv(normal) == normal


@pytest.mark.parametrize(
    "written", ["", "12", "arxiv:", "2101.000001", "math/03091", "10.48550/2101.00001"]
)
def test_no_arxiv_identifier_is_refused(written):
    with pytest.raises(ValueError, match="not an arXiv identifier"):
        normalise_arxiv(written)


@pytest.mark.parametrize("written", ["0", "none", "", "\u0663", "1" * 50])
def test_no_pmid_is_refused(written):
    with pytest.raises(ValueError, match="not a PMID"):
        normalise_pmid(written)


def test_tokens_are_sorted_strongest_first():
    assert sorted_tokens(["omid:br/1", "pmid:2", "doi:10.5555/b", "pmid:2"]) == [
        "doi:10.5555/b",
        "pmid:2",
        "omid:br/1",
    ]
