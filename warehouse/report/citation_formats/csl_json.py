"""CSL-JSON, what citation processors read (citeproc, Pandoc, Zotero).

Only variables of the schema of CSL 1.0.2 are written: it allows no others.
Source: https://github.com/citation-style-language/schema, csl-data.json; read
2026-11-23.
"""

from typing import Any

import orjson

from schemas.citable_work import CitableAuthor, CitableWork
from warehouse.report.citation_formats.parts import date_parts, link, note, one_line
from warehouse.report.citation_formats.types import TYPE_NAMES


def csl_item(work: CitableWork, key: str) -> dict[str, Any]:
    """One item; variables that are not known are left out.

    Without a DOI, PMID or PMCID, for which there are variables, the identifier stands
    in `number`.
    """
    parts = date_parts(work)
    named = work.doi or work.pmid or work.pmcid
    said = {
        "id": key,
        "type": TYPE_NAMES[work.publication_type].csl,
        "title": one_line(work.title),
        "author": [name for each in work.authors if (name := _name(each))],
        "issued": {"date-parts": [list(parts)]} if parts else None,
        "container-title": one_line(work.container_title),
        "publisher": one_line(work.publisher),
        "ISSN": work.issn_l,
        "language": one_line(work.language),
        "DOI": work.doi,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "number": None if named else work.work_id,
        "URL": link(work),
        "note": note(work),
    }
    return {name: value for name, value in said.items() if value}


def csl_text(work: CitableWork, key: str) -> str:
    """One item as JSON on one line."""
    return orjson.dumps(csl_item(work, key)).decode()


def _name(author: CitableAuthor) -> dict[str, str]:
    family, given = one_line(author.family), one_line(author.given)
    if family is None:
        literal = one_line(author.name)
        return {"literal": literal} if literal else {}
    return {"family": family, "given": given} if given else {"family": family}
