"""Names of areas as users write them, turned into those of the areas held."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.models import Area
from corpus.words import stems
from service.schemas import Filters


def resolve_areas(
    asked: Iterable[str], held: Iterable[Area]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the areas held that were asked for by name or alias, and the unknown ones."""
    asked = list(asked)
    if not asked:
        return (), ()
    names = {_comparable(name): area.name for area in held for name in (*area.aliases, area.name)}
    by_asked = {one: names.get(_comparable(one)) for one in asked}
    known = dict.fromkeys(name for name in by_asked.values() if name is not None)
    return tuple(known), tuple(one for one, name in by_asked.items() if name is None)


def resolve_filters(filters: Filters, held: Iterable[Area]) -> Filters:
    """The same filters with areas under the names they are held by; unknown ones stay as asked."""
    if filters.areas is None:
        return filters
    known, unknown = resolve_areas(filters.areas, held)
    return filters.model_copy(update={"areas": (*known, *unknown)})


def _comparable(name: str) -> str:
    return " ".join(stems(name.replace("&", " and ")))
