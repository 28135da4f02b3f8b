"""Europe PMC's full texts: one article in JATS, or an error that looks like one.

Only what the article says of itself is read here; what it says of others is the work of
`pipeline.statements`, once it is known which works are meant.
"""

from collections.abc import Callable
from typing import Final

from pipeline.sources.base import ParseContext
from pipeline.statements.article import (
    Element,
    NoArticle,
    NotJats,
    article_of,
    licence_of,
    own_ids,
    take_sub_articles,
)
from pipeline.statements.blocks import Citations
from pipeline.statements.references import references_of
from schemas.full_text import FullTextRecord
from schemas.identifiers import (
    Scheme,
    normalise_doi,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.provenance import Parsed, RecordError, Reject

FULL_TEXT: Final = "fullTextXML"
KIND: Final = "full-text"

MEDIA_TYPES: Final = ("application/xml", "text/xml")

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN_IDS: Final[tuple[tuple[Scheme, str, Callable[[str], str]], ...]] = (
    ("doi", "doi", normalise_doi),
    ("pmid", "pmid", normalise_pmid),
    ("pmcid", "pmcid", normalise_pmcid),
    ("pmcid", "pmc", normalise_pmcid),
)


def parse_full_text(body: bytes, context: ParseContext) -> Parsed:
    """One article, received or rejected; what is no JATS at all is an error.

    Other XML, in a file that stands alone, is a kind that is not handled.
    """
    try:
        return Parsed(kind=KIND, received=1, full_texts=(_record(body, context),))
    except NotJats as err:
        if context.endpoint is None:
            return Parsed(kind=None)
        return Parsed(kind="error", soft_error=str(err))
    except NoArticle as err:
        fault = RecordError(field="article", message=str(err), value="")
        reject = Reject(index=0, errors=(fault,))
        return Parsed(kind=KIND, received=1, rejects=(reject,))


def _record(body: bytes, context: ParseContext) -> FullTextRecord:
    article = article_of(body)
    tokens = _own_tokens(article)
    named = context.subjects[:1] or tokens
    if not named:
        raise NoArticle("it names itself by no identifier")
    take_sub_articles(article)
    references = references_of(article.iter("ref"))
    return FullTextRecord(
        record_key=next((one for one in named if one.startswith("pmcid:")), named[0]),
        tokens=tokens,
        article_type=article.get("article-type"),
        language=article.get(_LANGUAGE),
        licence=licence_of(article),
        reference_count=len(references.entries),
        citation_count=len(Citations(article.iter("xref"), references)),
    )


def _own_tokens(article: Element) -> tuple[str, ...]:
    given = own_ids(article)
    found = set()
    for scheme, kind, normalise in _OWN_IDS:
        try:
            found |= {token(scheme, normalise(given[kind]))} if kind in given else set()
        except ValueError:
            continue
    return tuple(sorted_tokens(found))
