"""Europe PMC's full texts: when they are open, and what comes of an answer."""

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.europepmc import SOURCE, requests_for_full_text
from pipeline.wire.europepmc import work_record
from pipeline.wire.europepmc_shape import WireWork

PMCID = "pmcid:PMC9000001"
ARTICLE = b"""<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article article-type="research-article" xml:lang="en"
    xmlns:xlink="http://www.w3.org/1999/xlink">
<front><article-meta><article-id pub-id-type="pmc">9000001</article-id>
<article-id pub-id-type="doi">10.5555/Bread</article-id>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/>
</permissions></article-meta></front>
<body><p>Known [<xref rid="B1">1</xref>]. So is [<xref rid="B1">1</xref>].</p></body>
<back><ref-list><ref id="B1"><label>1</label></ref><ref id="B2"/></ref-list></back>
</article>"""


def read(body, endpoint="fullTextXML", subjects=(PMCID,)):
    return SOURCE.parse(body, ParseContext(endpoint, subjects))


def described(**flags):
    wire = {"id": "1", "source": "MED", "pmcid": "PMC9000001", **flags}
    return work_record(0, WireWork.model_validate(wire))


def test_an_article_tells_of_itself():
    found = read(ARTICLE)
    assert (found.kind, found.received, found.soft_error) == ("full-text", 1, None)
    (text,) = found.full_texts
    assert text.record_key == PMCID
    assert text.tokens == ("doi:10.5555/bread", PMCID)
    assert (text.article_type, text.language) == ("research-article", "en")
    assert text.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (text.reference_count, text.citation_count) == (2, 2)


def test_an_article_in_a_file_goes_by_its_own_name():
    (text,) = read(ARTICLE, None, ()).full_texts
    assert text.record_key == PMCID


def test_an_article_that_is_cut_off_is_rejected_with_a_reason():
    found = read(ARTICLE[:-30])
    assert (found.received, len(found.rejects), found.soft_error) == (1, 1, None)
    (error,) = found.rejects[0].errors
    assert error.field == "article"
    assert "not well-formed XML" in error.message


@pytest.mark.parametrize(
    "body",
    [b"<html><body>Maintenance</body></html>", b"<responseWrapper/>", b"  "],
)
def test_what_is_no_article_at_all_is_an_error_and_never_a_text(body):
    found = read(body)
    assert (found.kind, found.received) == ("error", 0)
    assert found.soft_error


def test_a_file_of_another_kind_is_not_handled():
    assert read(b"<annotations/>", None, ()).kind is None


def test_a_text_is_asked_for_by_its_pmcid_in_xml_and_once():
    ((one, two),) = list(requests_for_full_text(["pmcid:PMC2", PMCID, PMCID]))
    assert [one.path, two.path] == [
        "/PMC2/fullTextXML",
        "/PMC9000001/fullTextXML",
    ]
    assert one.media_types == ("application/xml", "text/xml")
    assert (one.role, one.subjects) == ("full_text", ("pmcid:PMC2",))
    assert list(requests_for_full_text([])) == []


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ({"isOpenAccess": "Y", "inEPMC": "Y"}, PMCID),
        ({"isOpenAccess": "N", "inEPMC": "Y"}, None),
        ({"isOpenAccess": "Y", "inEPMC": "N"}, None),
        ({}, None),
        ({"isOpenAccess": "Y", "inEPMC": "Y", "pmcid": ""}, None),
    ],
)
def test_only_an_open_text_that_is_there_is_offered(flags, text):
    assert described(**flags).full_text_id == text


def test_the_day_of_a_text_is_kept_only_with_the_text():
    flags = {"isOpenAccess": "Y", "inEPMC": "Y", "fullTextReceivedDate": "2025-06-02"}
    assert described(**flags).full_text_date == "2025-06-02"
    assert described(**flags | {"isOpenAccess": "N"}).full_text_date is None
