"""How the sources do, as the published warehouse says it."""

from dataclasses import dataclass

import duckdb

from schemas.health import HeldBack, NightOfSource, StatesOfSource
from warehouse.query import named


@dataclass(frozen=True)
class HealthFacts:
    """The facts from which the health of the sources is judged, up to one run."""

    nights: tuple[NightOfSource, ...]
    states: tuple[StatesOfSource, ...]
    held: tuple[HeldBack, ...]


def health_facts(con: duckdb.DuckDBPyConnection, run_id: str) -> HealthFacts:
    """The facts up to one run; before the first night there are none of nights."""
    run = {"run_id": run_id}

    def rows(query: str) -> list[tuple[object, ...]]:
        return con.execute(named(query), run).fetchall()

    return HealthFacts(
        nights=tuple(NightOfSource(*row) for row in rows("health_nights")),  # type: ignore[arg-type]
        states=tuple(StatesOfSource(*row) for row in rows("health_states")),  # type: ignore[arg-type]
        held=tuple(HeldBack(*row) for row in rows("health_held")),  # type: ignore[arg-type]
    )
