"""The plan of a night: which source is asked about which work, why, at what cost.

Made in two steps. First what is worth looking up, by what the warehouse knows; sources
without a budget go first, for what they say tells where the budgets of the others are
well spent. Then, with what the look-ups said, what is asked. A rehearsal makes both
without asking.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from pipeline.night.budget import (
    afford,
    budget_of,
    expected_citations,
    look_up_cost,
    look_up_room,
    price_of,
    worth_most,
)
from pipeline.night.due import (
    Standing,
    alongside,
    due,
    followed,
    has_moved,
    in_turn,
    is_not_its_own,
    worth_looking,
)
from pipeline.night.looking import Gathered
from pipeline.settings import Settings
from pipeline.sources.base import Source
from pipeline.transport.limiter import PACING_SHARE
from schemas.night import (
    REASONS,
    NightPlan,
    PlannedAsking,
    Reason,
    SourceBudget,
    StaleSource,
    Watermark,
)


@dataclass(frozen=True)
class Due:
    """What a night asks, and what it should have.

    Attributes:
        asked: DOI to source to reason.
        owed: source to DOIs.
        plan: the same in numbers.
    """

    asked: dict[str, dict[str, Reason]]
    owed: dict[str, tuple[str, ...]]
    plan: NightPlan


@dataclass
class Planner:
    """Plans one night.

    Args:
        settings: budgets and rates.
        sources: the enabled sources that are asked about works, by name.
        dois: watched, each once.
        marks: what the warehouse knows, of these DOIs.
        owed: by source what the last night's budget did not reach.
        now: start of the night.
    """

    settings: Settings
    sources: Mapping[str, Source]
    dois: Sequence[str]
    marks: Iterable[Watermark]
    owed: Mapping[str, Sequence[str]]
    now: dt.datetime
    _standings: dict[str, Standing] = field(init=False)
    _budgets: dict[str, int | None] = field(init=False)
    _looking: dict[str, list[Watermark]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_source: dict[str, dict[str, Watermark]] = {}
        for mark in self.marks:
            by_source.setdefault(mark.source, {})[mark.doi] = mark
        self._standings = {
            name: Standing(
                source, by_source.get(name, {}), frozenset(self.owed.get(name, ()))
            )
            for name, source in self.sources.items()
        }
        self._budgets = {
            name: budget_of(source, self.settings)
            for name, source in self.sources.items()
        }

    def look_ups(
        self, *, with_budget: bool, moved: Iterable[str] = ()
    ) -> dict[str, list[Watermark]]:
        """What is looked up, by source: of those with a budget, or those without.

        Args:
            with_budget: which of the two.
            moved: works that are known to have moved at another source tonight.
        """
        elsewhere = frozenset(moved)
        found = {
            name: worth_most(
                worth_looking(standing, self.dois, self.now),
                elsewhere,
                room=look_up_room(standing.source, self._budgets[name]),
                now=self.now,
            )
            for name, standing in self._standings.items()
            if (self._budgets[name] is not None) == with_budget
        }
        self._looking |= found
        return {name: marks for name, marks in found.items() if marks}

    def moved(self, gathered: Gathered) -> set[str]:
        """The works of which some source has told so far that its count has moved."""
        return {
            doi
            for name, standing in self._standings.items()
            for doi in has_moved(due(standing, self.dois, gathered.of(name), self.now))
        }

    def decide(self, gathered: Gathered, spent: Mapping[str, int]) -> Due:
        """What is asked, now that it has been looked.

        Args:
            gathered: what the look-ups said.
            spent: by source the credits that they cost.
        """
        moved = self.moved(gathered)
        asked: dict[str, dict[str, Reason]] = {}
        owed: dict[str, tuple[str, ...]] = {}
        for name, standing in self._standings.items():
            reasons = due(standing, self.dois, gathered.of(name), self.now)
            reasons |= followed(standing, moved, reasons)
            reasons |= in_turn(standing, reasons, self.now)
            budget = self._budgets[name]
            left = None if budget is None else max(0, budget - spent.get(name, 0))
            afforded = afford(standing.source, reasons, standing.marks, left=left)
            if afforded.owed:
                owed[name] = afforded.owed
            for doi, reason in afforded.asked.items():
                asked.setdefault(doi, {})[name] = reason
        for name, source in self.sources.items():
            if source.service:
                for doi, reason in alongside(asked).items():
                    asked[doi][name] = reason
        return Due(asked, owed, self.in_numbers(asked, owed))

    def rehearse(self) -> NightPlan:
        """What the night would ask, as far as that can be known without asking."""
        self.look_ups(with_budget=False)
        self.look_ups(with_budget=True)
        rehearsed = self.decide(Gathered(), self._look_up_credits())
        expected = [
            self._expected(name, marks)
            for name, marks in self._looking.items()
            if marks
        ]
        plan = self._with([*rehearsed.plan.askings, *expected], rehearsed.plan)
        return plan.model_copy(update={"is_rehearsal": True})

    def _expected(self, name: str, marks: Sequence[Watermark]) -> PlannedAsking:
        """The works that will have moved, at the rate of their citations so far."""
        shares = [min(1.0, expected_citations(mark, self.now)) for mark in marks]
        requests = sum(
            share * self._price(name, mark.doi, "moved")
            for share, mark in zip(shares, marks, strict=True)
        )
        asking = self._asking(name, "moved", ceil(sum(shares)), requests)
        return asking.model_copy(update={"is_estimate": True})

    def in_numbers(
        self,
        asked: Mapping[str, Mapping[str, Reason]],
        owed: Mapping[str, Sequence[str]],
    ) -> NightPlan:
        """What is asked and owed, counted and priced."""
        counts: Counter[tuple[str, Reason]] = Counter()
        prices: defaultdict[tuple[str, Reason], float] = defaultdict(float)
        for doi, by_source in asked.items():
            for name, reason in by_source.items():
                counts[name, reason] += 1
                prices[name, reason] += self._price(name, doi, reason)
        askings = [
            self._asking(name, "look_up", len(marks), self._look_up_credits()[name])
            for name, marks in self._looking.items()
            if marks
        ]
        askings += [
            self._asking(name, reason, count, prices[name, reason])
            for (name, reason), count in counts.items()
        ]
        return self._with(
            askings,
            NightPlan(
                watched_count=len(self.dois),
                askings=(),
                stale=tuple(self._stale(asked, owed)),
                budgets=(),
            ),
        )

    def _with(self, askings: Sequence[PlannedAsking], plan: NightPlan) -> NightPlan:
        ranks = {"look_up": -1} | {name: rank for rank, name in enumerate(REASONS)}
        ordered = sorted(askings, key=lambda one: (one.source, ranks[one.reason]))
        spent: Counter[str] = Counter()
        for one in ordered:
            spent[one.source] += one.credit_count
        budgets = [
            SourceBudget(source=name, credit_count=budget, planned_count=spent[name])
            for name, budget in sorted(self._budgets.items())
            if budget is not None
        ]
        return plan.model_copy(
            update={"askings": tuple(ordered), "budgets": tuple(budgets)}
        )

    def _look_up_credits(self) -> dict[str, int]:
        return {
            name: look_up_cost(self.sources[name], len(marks))
            for name, marks in self._looking.items()
        }

    def _price(self, name: str, doi: str, reason: Reason) -> float:
        """Requests that asking all about a work takes, its share of batches counted."""
        night = self.sources[name].night
        if night is None:
            return 1.0
        return price_of(night, self._standings[name].marks.get(doi), reason)

    def _asking(
        self, name: str, reason: Reason | Literal["look_up"], dois: int, price: float
    ) -> PlannedAsking:
        requests = ceil(price)
        return PlannedAsking(
            source=name,
            reason=reason,
            doi_count=dois,
            request_count=requests,
            credit_count=requests,
            seconds=round(requests / self._rate(name), 1),
        )

    def _rate(self, name: str) -> float:
        """Requests a second that its limits leave us, all lanes in one."""
        source, chosen = self.sources[name], self.settings.of(name)
        limits = (
            source.limits
            if self.settings.mailto
            else source.anonymous_limits or source.limits
        )
        own = min(limit.requests / limit.per_s for limit in limits.values())
        if chosen.base_url and chosen.requests_per_second:
            own = chosen.requests_per_second
        return PACING_SHARE * min(own, chosen.requests_per_second or own)

    def _stale(
        self,
        asked: Mapping[str, Mapping[str, Reason]],
        owed: Mapping[str, Sequence[str]],
    ) -> Iterator[StaleSource]:
        for name, standing in sorted(self._standings.items()):
            touched = {mark.doi for mark in self._looking.get(name, ())}
            touched |= {doi for doi, by_source in asked.items() if name in by_source}
            left = [
                mark
                for doi in self.dois
                if doi not in touched
                and (mark := standing.marks.get(doi))
                and not is_not_its_own(mark)
            ]
            if not left and not owed.get(name):
                continue
            last = [max(one.asked_at, one.looked_at or one.asked_at) for one in left]
            yield StaleSource(
                source=name,
                doi_count=len(left),
                owed_count=len(owed.get(name, ())),
                oldest=min(last, default=None),
            )
