"""All matches of a search, counted by area, year and document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from corpus.retrieval import SearchResult
from service.ports import Engine
from service.schemas import AreaCount, DocumentCount, Facets, YearCount


def facets_of(found: SearchResult, engine: Engine) -> Facets:
    """The counts of all matches: areas and documents by count, then by name; years in order."""
    titles = {document.id: document.title for document in engine.documents()}
    areas: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for plan in engine.plans():
        count = found.by_plan.get(plan.id, 0)
        areas[plan.area] += count
        if plan.period:
            for year in range(plan.period.start, plan.period.end + 1):
                years[year] += count
    return Facets(
        areas=tuple(AreaCount(value=v, count=n) for v, n in _by_count(areas)),
        years=tuple(YearCount(value=v, count=years[v]) for v in sorted(years) if years[v]),
        documents=tuple(
            DocumentCount(value=v, title=titles[v], count=n)
            for v, n in _by_count(found.by_document)
        ),
    )


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    held = [(value, count) for value, count in counts.items() if count]
    return sorted(held, key=lambda entry: (-entry[1], entry[0]))
