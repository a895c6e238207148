"""All matches of a search, counted by area, year and document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from corpus.retrieval import SearchResult
from service.ports import Engine
from service.schemas import AreaCount, DocumentCount, Facets, YearCount


class Counting:
    """Turns the counts of plans and documents of one generation into those of the contract."""

    def __init__(self, engine: Engine) -> None:
        self._areas = {plan.id: plan.area for plan in engine.plans()}
        self._years = {
            plan.id: range(plan.period.start, plan.period.end + 1)
            for plan in engine.plans()
            if plan.period
        }
        self._titles = {document.id: document.title for document in engine.documents()}

    def facets(self, found: SearchResult) -> Facets:
        """The counts of all matches: areas and documents by count, then by value; years in order.

        A match counts for every year that its plan's period covers.
        """
        areas: Counter[str] = Counter()
        years: Counter[int] = Counter()
        for plan, count in found.by_plan.items():
            areas[self._areas[plan]] += count
            for year in self._years.get(plan, ()):
                years[year] += count
        return Facets(
            areas=tuple(AreaCount.model_construct(value=v, count=n) for v, n in _by_count(areas)),
            years=tuple(YearCount(value=v, count=n) for v, n in sorted(years.items())),
            # Of valid parts: to check thousands takes longer than the search.
            documents=tuple(
                DocumentCount.model_construct(value=v, title=self._titles[v], count=n)
                for v, n in _by_count(found.by_document)
            ),
        )


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
