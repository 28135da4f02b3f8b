"""What has become of people's verdicts on stances, and what can be learned of them."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.corrections import FILE
from pipeline.decision_file import in_force, names, undone_by_which
from schemas.correction import LoggedCorrection, StanceCorrection, TrainingLine
from warehouse.connection import open_readonly
from warehouse.corrections import PublishedVerdict, published_verdicts


def correction_log(home: Path) -> list[LoggedCorrection]:
    """All verdicts on stances and their undos, oldest first, with what became of each.

    Raises:
        WarehouseFault, WarehouseError: as `decision_log.decision_log`.
    """
    said = FILE.read(home)
    holding = names(in_force(said))
    undone_by = undone_by_which(said)
    with open_readonly(home) as con:
        published = published_verdicts(con)
    newest = {
        (_statement_id(one, published), one.reviewer): one.decision_id
        for one in in_force(said)
    }
    logged = []
    for one in said:
        name, is_holding = one.decision_id, one.decision_id in holding
        statement_id = _statement_id(one, published)
        last = newest.get((statement_id, one.reviewer)) if is_holding else None
        made = published.get(name)
        is_published = made is not None and made.is_in_force is is_holding
        logged.append(
            LoggedCorrection(
                **one.model_dump(),
                is_in_force=is_holding,
                undone_by=undone_by.get(name),
                replaced_by=None if last == name else last,
                is_published=is_published,
                is_waiting=bool(
                    is_holding and is_published and made and not made.statement_id
                ),
                is_disputed=bool(is_holding and made and made.is_disputed),
                statement_id=statement_id,
            )
        )
    return logged


def training_lines(home: Path) -> list[TrainingLine]:
    """The verdicts that count, oldest first, as data to learn from.

    Of each reviewer the newest on a statement; also of statements that are not there.

    Raises:
        WarehouseFault, WarehouseError: as `decision_log.decision_log`.
    """
    return [
        TrainingLine(
            **one.statement.model_dump(include=set(TrainingLine.model_fields))
            | {"statement_id": one.statement_id},
            stance=one.stance,
            by=one.reviewer,
            why=one.reason,
            is_disputed=one.is_disputed,
        )
        for one in correction_log(home)
        if one.is_counted and one.statement and one.stance and one.reviewer
    ]


def _statement_id(
    one: StanceCorrection, published: Mapping[str, PublishedVerdict]
) -> str | None:
    """As the statement is called today; where it is not there, as it was called."""
    made = published.get(one.decision_id)
    if made and made.statement_id:
        return made.statement_id
    return one.statement.statement_id if one.statement else None
