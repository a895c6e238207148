"""Windows and pages are valid whatever stands in the plans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bots.slack import messages, views
from bots.slack.actions import Cited
from bots.slack.help import home, prompts
from bots.slack.parts import Links
from corpus.models import Basis, PlanKind
from service.schemas import PassageOut, PlanOut
from tests.fake_slack import rules
from tests.unit.bots.answers import long_text, words

LINKS = Links("https://plans.example.org")


@given(
    text=long_text(9_000),
    around=st.tuples(st.just("") | long_text(9_000), st.just("") | long_text(9_000)),
    section=st.lists(words, max_size=5),
    place=st.tuples(st.integers(-50, 9_500), st.integers(0, 700)),
)
def test_a_passage_of_any_length_is_a_valid_window_with_its_words_lit(
    text: str, around: tuple[str, str], section: list[str], place: tuple[int, int]
) -> None:
    start, length = place
    passage = PassageOut(
        id="p", document_id="d", plan_id=None, area=None, section=tuple(section),
        page=3, columns=tuple(section),
        text=text, start=100, end=100 + len(text), url="/documents/d?start=1&end=2#lit",
        previous=None, next=None,
    )  # fmt: skip
    view = views.passage(
        passage, Cited("p", 100 + start, 100 + start + length), *around, LINKS
    ).to_dict()
    assert rules.view_problems(view) == []
    if 0 <= start < start + length <= len(text):
        lit = text[start : start + length]
        assert {"type": "text", "text": lit, "style": {"bold": True}} in _leaves(view)


def _leaves(view: dict[str, object]) -> list[object]:
    found: list[object] = []
    stack: list[object] = [view]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found += [value] if value.get("type") == "text" else []
            stack += value.values()
        elif isinstance(value, list):
            stack += value
    return found


@given(
    areas=st.lists(long_text(200), max_size=5),
    times=st.integers(0, 90),
    basis=st.sampled_from(Basis),
)
def test_a_home_page_of_any_number_of_plans_is_valid(
    areas: list[str], times: int, basis: Basis
) -> None:
    plans = [
        PlanOut(
            id=f"p{n}", document_id="d", area=area, partnership=None, kind=PlanKind.PLAN,
            period="2011-2014", basis=basis, title="t", priorities=(),
        )
        for n, area in enumerate(areas * times)
    ]  # fmt: skip
    view = home(plans).to_dict()
    assert rules.view_problems(view) == []
    if len(plans) > 60:
        assert messages.and_more(len(plans) - 60) in str(view)
    assert 1 <= len(prompts(plans)) <= 4
