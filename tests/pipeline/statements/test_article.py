"""What a file may hold that is no article, or means harm."""

import time

import pytest

from pipeline.statements.article import MAX_BYTES, MAX_XREFS, NoArticle
from pipeline.statements.extract import extract

BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (here, b"&%c;" % before * 10)
        for before, here in zip(b"abcdefgh", b"bcdefghi", strict=True)
    )
    + b"]><article><body><p>&i;</p></body></article>"
)

HOSTILE = {
    "nothing": (b"", "empty"),
    "white space": (b" \n ", "empty"),
    "not XML": (b"article", "not well-formed"),
    "cut off": (b"<article><body><p>Rain", "not well-formed"),
    "another root": (b"<feed/>", "no article in it"),
    "a web page": (b"<html><body><p>Not found</p></body></html>", "HTML page"),
    "a sloppy web page": (b"<!doctype html><p>Not<br>found", "not well-formed"),
    "another encoding than it says": (
        '<?xml version="1.0" encoding="UTF-8"?><article>é</article>'.encode("latin-1"),
        "not well-formed",
    ),
    "an unknown encoding": (
        b'<?xml version="1.0" encoding="nonsense"?><article/>',
        "not well-formed",
    ),
    "zero bytes": (b"\0" * 100, "not well-formed"),
    "a bomb of entities": (BOMB, "not well-formed"),
    "deep": (b"<article>" * 5_000 + b"</article>" * 5_000, "not well-formed"),
    "too large": (b"<article>" + b" " * MAX_BYTES + b"</article>", "larger than"),
    "a text without end": (
        b"<article><p>" + b"a" * 11_000_000 + b"</p></article>",
        "not well-formed",
    ),
    "a million citations": (
        b"<article><body><p>"
        + b'<xref rid="r"/>' * (MAX_XREFS + 1)
        + b'</p></body><back><ref id="r"/></back></article>',
        "cross-references",
    ),
}


@pytest.mark.parametrize(("body", "why"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.timeout(60)
def test_what_is_no_article_is_rejected_with_a_reason(body, why):
    with pytest.raises(NoArticle, match=why):
        extract(body)


def test_no_file_is_read_for_an_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("a-secret")
    body = (
        f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<article><body><p>&x; Rain <xref rid="r">1</xref>.</p></body>'
        '<back><ref id="r"/></back></article>'
    )
    (one,) = extract(body.encode()).statements
    assert "a-secret" not in one.text
    assert one.text.endswith("Rain 1.")


def test_named_entities_of_the_dtd_are_read_without_it():
    body = (
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.2//EN" "JATS.dtd">'
        '<article><body><p>Rain &amp; &alpha;-snow &mdash; fell <xref rid="r">1</xref>.'
        '</p></body><back><ref id="r"/></back></article>'
    )
    (one,) = extract(body.encode()).statements
    assert one.text == "Rain & α-snow — fell 1."


@pytest.mark.parametrize(
    "wrap",
    [
        "<pmc-articleset>{}</pmc-articleset>",
        '<record xmlns="http://www.openarchives.org/OAI/2.0/"><metadata>{}</metadata>'
        "</record>",
        '<x:set xmlns:x="urn:x">{}</x:set>',
    ],
)
def test_an_article_in_a_wrapper_is_found(article, wrap):
    plain = article('Rain <xref rid="r1">1</xref>.').decode()
    expected = extract(plain.encode()).statements
    assert extract(wrap.format(plain).encode()).statements == expected


def test_an_article_in_a_namespace_is_read(article):
    body = article('Rain <xref rid="r1">1</xref>.').decode()
    named = body.replace(
        "<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ', 1
    )
    assert extract(named.encode()).statements == extract(body.encode()).statements


REPEATED = {
    "sentences": 'Rain fell on the field [<xref rid="r1">1</xref>]. Snow fell. ',
    "half a range": '<xref rid="r1">1</xref>-3 ',
    "dashes": '<xref rid="r1">-</xref>',
    "nothing": '<xref rid="r1"/>',
    "brackets": '(<xref rid="r1">1</xref>). ',
    "raised": '<sup><xref rid="r1">1</xref></sup>',
}


@pytest.mark.parametrize("paragraph", REPEATED.values(), ids=REPEATED)
@pytest.mark.timeout(60)
def test_the_time_grows_with_the_length_and_not_with_its_square(article, paragraph):

    def took(times):
        body = article(paragraph * times)
        began = time.process_time()
        extract(body)
        return time.process_time() - began

    took(100)
    assert took(8_000) < 24 * took(1_000) + 0.2
