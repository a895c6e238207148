"""Refuses a corpus that contradicts itself, before anything is built from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.models import Area, ParsedDocument
from index.errors import InconsistentCorpusError


def refuse_contradictions(documents: Sequence[ParsedDocument], areas: Sequence[Area]) -> None:
    """Passes where all ids are distinct and every plan and area that is named is there.

    Raises:
        InconsistentCorpusError: they aren't; the message names the first that is wrong.
    """
    plans = [plan for parsed in documents for plan in parsed.plans]
    passages = [passage for parsed in documents for passage in parsed.passages]
    _refuse_repeats("document", (parsed.document.id for parsed in documents))
    _refuse_repeats("plan", (plan.id for plan in plans))
    _refuse_repeats("passage", (passage.id for passage in passages))
    _refuse_repeats("area", (area.name for area in areas))
    named = (passage.plan_id for passage in passages if passage.plan_id is not None)
    _refuse_unknown("plan", named, (plan.id for plan in plans))
    _refuse_unknown("area", (plan.area for plan in plans), (area.name for area in areas))


def _refuse_repeats(what: str, names: Iterable[str]) -> None:
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise InconsistentCorpusError(f"The {what} {repeated[0]} is there twice: leave one out.")


def _refuse_unknown(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise InconsistentCorpusError(f"The {what} {unknown[0]} is named and not described.")
