"""The SQL page: a read-only query, within limits, in a process of its own."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from warehouse.report.page.render import page
from warehouse.report.web.query_process import LIMITS, Answer, ask
from warehouse.report.web.site import TheSite
from warehouse.report.web.tables import described_tables

router: Final = APIRouter(tags=["query"])

EXAMPLES: Final = (
    (
        "Citing works by year and type",
        "select citing_year, publication_type, sum(citing_work_count) as citing_works\n"
        "from mart.citations_by_year_and_type\n"
        "group by all\n"
        "order by all",
    ),
    (
        "Works with statements that take a stand",
        "select cited_doi, supporting_statement_count, contrasting_statement_count\n"
        "from mart.tally\n"
        "where supporting_statement_count + contrasting_statement_count > 0\n"
        "order by contrasting_statement_count desc",
    ),
    (
        "What is retracted and cited",
        "select work.doi, work.title, notice.type, notice.notice_date\n"
        "from core.notice as notice\n"
        "join core.work as work using (work_id)\n"
        "order by notice.notice_date desc",
    ),
    (
        "Where sources and tables differ",
        "select source, sum(declared_count) as declared, sum(stored_count) as stored,\n"
        "    sum(unexplained_count) as unexplained\n"
        "from mart.ledger\n"
        "group by source",
    ),
)


class Question(BaseModel):
    """A query to run."""

    sql: str = Field(min_length=1, max_length=LIMITS.sql_chars)


@router.get("/sql", include_in_schema=False, response_class=HTMLResponse)
def sql_page(site: TheSite, q: str = "") -> str:
    """A box for a query, what it gave, and the tables that there are."""
    answer = None
    if q.strip():
        too_long = len(q) > LIMITS.sql_chars
        answer = (
            Answer(error=f"A query has at most {LIMITS.sql_chars:,} characters.")
            if too_long
            else ask(site.home, q)
        )
    with site.readers.connection() as con:
        tables = described_tables(con)
    return page(
        "sql.html.j2",
        query=q or EXAMPLES[0][1],
        answer=answer,
        tables=tables,
        examples=EXAMPLES,
        limits=LIMITS,
    )


@router.post("/api/query", summary="Run a read-only query")
def query(site: TheSite, question: Question) -> Answer:
    """The rows of one query, up to the limits; `error` says what is wrong with it."""
    return ask(site.home, question.sql)
