"""What a search in the statements finds."""

from pydantic import BaseModel, ConfigDict

from schemas.citing_side import ReportedStatement


class SearchResult(BaseModel):
    """Statements with the words asked for.

    Attributes:
        words: as they were typed.
        cited_doi: of the work that the statements are about; None: any.
        total_count: how many statements there are; `statements` may be fewer.
        statements: best first: those with rarer words, and more of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str
    cited_doi: str | None = None
    total_count: int
    statements: tuple[ReportedStatement, ...]
