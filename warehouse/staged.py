"""The tables that pass from parsing to loading: Parquet files with these columns.

One folder a batch of cited DOIs, one file a table. Every record row points back to its
raw answer: (run_id, source, request_key) and the position in it, `record_index`.
"""

from typing import Final

import pyarrow as pa

_TEXTS: Final = pa.list_(pa.string())
_TIME: Final = pa.timestamp("us", tz="UTC")

_POINTER: Final = [
    pa.field("run_id", pa.string(), nullable=False),
    pa.field("source", pa.string(), nullable=False),
    pa.field("request_key", pa.string(), nullable=False),
    pa.field("record_index", pa.int64(), nullable=False),
    pa.field("raw_sha256", pa.string(), nullable=False),
    pa.field("fetched_at", _TIME, nullable=False),
]

ANSWER: Final = pa.schema(
    [
        pa.field("run_id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("request_key", pa.string(), nullable=False),
        pa.field("endpoint", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("chain", pa.string(), nullable=False),
        pa.field("page", pa.int64(), nullable=False),
        pa.field("subjects", _TEXTS, nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("http_status", pa.int64()),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("fetched_at", _TIME, nullable=False),
        pa.field("elapsed_s", pa.float64(), nullable=False),
        pa.field("attempts", pa.int64(), nullable=False),
        pa.field("body_bytes", pa.int64(), nullable=False),
        pa.field("credits", pa.int64()),
        pa.field("raw_sha256", pa.string(), nullable=False),
        pa.field("kind", pa.string()),
        pa.field("received", pa.int64(), nullable=False),
        pa.field("parsed", pa.int64(), nullable=False),
        pa.field("rejected", pa.int64(), nullable=False),
        pa.field("absent", pa.int64(), nullable=False),
        pa.field("declared_total", pa.int64()),
        pa.field("next_cursor", pa.string()),
        pa.field("error", pa.string()),
    ]
)
"""One row an answer; `error` says why an answer is not usable."""

_AUTHOR: Final = pa.struct(
    [
        ("position", pa.int64()),
        ("name", pa.string()),
        ("family", pa.string()),
        ("given", pa.string()),
        ("orcid", pa.string()),
        ("openalex_author_id", pa.string()),
    ]
)
_VERSION_LINK: Final = pa.struct([("relation", pa.string()), ("token", pa.string())])
_NOTICE: Final = pa.struct(
    [
        ("type", pa.string()),
        ("doi", pa.string()),
        ("date", pa.string()),
        ("asserted_by", pa.string()),
    ]
)

WORK: Final = pa.schema(
    [
        *_POINTER,
        pa.field("record_key", pa.string(), nullable=False),
        pa.field("tokens", _TEXTS, nullable=False),
        pa.field("aliases", _TEXTS, nullable=False),
        pa.field("version_links", pa.list_(_VERSION_LINK), nullable=False),
        pa.field("title", pa.string()),
        pa.field("publication_type", pa.string(), nullable=False),
        pa.field("raw_type", pa.string()),
        pa.field("type_rule", pa.string(), nullable=False),
        pa.field("published_date", pa.string()),
        pa.field("published_date_raw", pa.string()),
        pa.field("published_year", pa.int64()),
        pa.field("date_rule", pa.string()),
        pa.field("container_title", pa.string()),
        pa.field("issn_l", pa.string()),
        pa.field("issns", _TEXTS, nullable=False),
        pa.field("publisher", pa.string()),
        pa.field("language", pa.string()),
        pa.field("is_retracted", pa.bool_()),
        pa.field("notices", pa.list_(_NOTICE), nullable=False),
        pa.field("oa_url", pa.string()),
        pa.field("licence", pa.string()),
        pa.field("authors", pa.list_(_AUTHOR)),
        pa.field("is_complete", pa.bool_(), nullable=False),
        pa.field("references", _TEXTS, nullable=False),
        pa.field("reference_count", pa.int64()),
        pa.field("cited_by_count", pa.int64()),
        pa.field("abstract", pa.string()),
        pa.field("full_text_id", pa.string()),
        pa.field("full_text_date", pa.string()),
        pa.field("content_hash", pa.string(), nullable=False),
    ]
)
"""One row a received work record; `content_hash` is of the record, not of its place."""

_CONTEXT: Final = pa.struct([("text", pa.string()), ("intents", _TEXTS)])

CITATION: Final = pa.schema(
    [
        *_POINTER,
        pa.field("record_key", pa.string(), nullable=False),
        pa.field("citing_tokens", _TEXTS, nullable=False),
        pa.field("cited_tokens", _TEXTS, nullable=False),
        pa.field("created", pa.string()),
        pa.field("timespan", pa.string()),
        pa.field("author_self_citation", pa.bool_()),
        pa.field("journal_self_citation", pa.bool_()),
        pa.field("contexts", pa.list_(_CONTEXT), nullable=False),
        pa.field("intents", _TEXTS, nullable=False),
        pa.field("is_influential", pa.bool_()),
        pa.field("content_hash", pa.string(), nullable=False),
    ]
)
"""One row a received citation record."""

AGENCY: Final = pa.schema(
    [
        *_POINTER,
        pa.field("prefix", pa.string(), nullable=False),
        pa.field("agency", pa.string()),
    ]
)
"""One row a DOI prefix asked about; agency null: there is no such prefix."""

COUNT: Final = pa.schema(
    [
        *_POINTER,
        pa.field("doi", pa.string(), nullable=False),
        pa.field("declared_count", pa.int64(), nullable=False),
    ]
)
"""One row a declared number of citing works, for the DOI asked about."""

IDENTIFIER: Final = pa.schema(
    [
        *_POINTER,
        pa.field("record_key", pa.string(), nullable=False),
        pa.field("tokens", _TEXTS, nullable=False),
    ]
)
"""One row a received record that only says what a work is called."""

LOOK_UP: Final = pa.schema(
    [
        *_POINTER,
        pa.field("record_key", pa.string(), nullable=False),
        pa.field("doi", pa.string()),
        pa.field("declared_count", pa.int64()),
        pa.field("changed_at", pa.string()),
    ]
)
"""One row a received sign of change; doi null: it answers none that was asked about."""

FULL_TEXT: Final = pa.schema(
    [
        *_POINTER,
        pa.field("record_key", pa.string(), nullable=False),
        pa.field("tokens", _TEXTS, nullable=False),
        pa.field("article_type", pa.string()),
        pa.field("language", pa.string()),
        pa.field("licence", pa.string()),
        pa.field("reference_count", pa.int64(), nullable=False),
        pa.field("citation_count", pa.int64(), nullable=False),
    ]
)
"""One row a received article; its text is in the archive alone."""

REJECT: Final = pa.schema([*_POINTER, pa.field("errors", pa.string(), nullable=False)])
"""One row a rejected record; errors: JSON list of {field, message, value}."""

ABSENT: Final = pa.schema(
    [
        *_POINTER,
        pa.field("subject", pa.string(), nullable=False),
        pa.field("cause", pa.string(), nullable=False),
    ]
)
"""One row a received item that says there is nothing."""

TABLES: Final[dict[str, pa.Schema]] = {
    "answer": ANSWER,
    "work": WORK,
    "citation": CITATION,
    "agency": AGENCY,
    "count": COUNT,
    "identifier": IDENTIFIER,
    "look_up": LOOK_UP,
    "full_text": FULL_TEXT,
    "reject": REJECT,
    "absent": ABSENT,
}
"""File name without ``.parquet`` to its columns."""
