"""Articles of our own making: small, each with one kind of markup."""

import pytest

from pipeline.statements.extract import extract

REFERENCES = "".join(
    f'<ref id="r{number}"><label>{number}.</label><element-citation>'
    f"<article-title>Work number {number}</article-title>"
    f'<pub-id pub-id-type="doi">10.5555/w{number}</pub-id>'
    f'<pub-id pub-id-type="pmid">{9000 + number}</pub-id></element-citation></ref>'
    for number in range(1, 13)
)
SHELL = (
    '<article article-type="research-article"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink">'
    "<front><article-meta>"
    '<article-id pub-id-type="doi">10.5555/citing</article-id>'
    '<article-id pub-id-type="pmid">77</article-id>'
    '<article-id pub-id-type="pmc">PMC88</article-id>'
    '<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/">'
    "<license-p>Open.</license-p></license></permissions>"
    "{front}</article-meta></front>"
    "<body>{body}</body><back><ref-list>{references}</ref-list>{back}</back>{after}"
    "</article>"
)


@pytest.fixture
def article():
    """Makes an article; the body is put into a section called Results."""

    def make(text="", *, body=None, references=REFERENCES, **parts):
        inside = f"<sec><title>Results</title><p>{text}</p></sec>"
        given = {"front": "", "back": "", "after": ""} | parts
        made = SHELL.format(
            body=inside if body is None else body, references=references, **given
        )
        return made.encode()

    return make


@pytest.fixture
def found(article):
    """The statements of such an article."""

    def statements(text="", cited=None, **parts):
        return list(extract(article(text, **parts), cited).statements)

    return statements
