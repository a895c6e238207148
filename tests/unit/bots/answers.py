"""Answers of any shape, for property tests: what the contract allows, not only what is likely."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.models import Basis
from service.schemas import (
    Answer,
    AnswerScope,
    Citation,
    Intent,
    Reading,
    Status,
    Took,
    TopicVerdict,
    Verdict,
)

HOSTILE = (
    "<!channel>",
    "<!here|all>",
    "<@U0BOB>",
    "<#C0INTEL>",
    "<https://evil.example|the plan>",
    "&lt;!channel&gt;",
    "*_~`> • ```",
    "|",
    "=HYPERLINK(1)",
    "\u202e",
    "[1][2][99]",
)

words = st.one_of(
    st.sampled_from(["metal theft", "anti-social behaviour", "Redcar and Cleveland"]),
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
)


def long_text(most: int) -> st.SearchStrategy[str]:
    """Texts up to a length, the longest often."""
    many = st.builds(lambda word, times: (f"{word} " * times)[:most], words, st.integers(1, most))
    return st.one_of(words.map(lambda word: word[:most]), many).filter(lambda text: text.strip())


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    """A citation with a quotation as long as the contract allows."""
    start = draw(st.integers(0, 10**7))
    return Citation(
        n=number,
        passage_id=f"f749b4a489.{start}-{start + 600}",
        document_id="f749b4a489",
        sha256="0" * 64,
        text_sha256="0" * 64,
        plan_id="plan",
        area="Area",
        section=tuple(draw(st.lists(words, max_size=4))),
        page=draw(st.none() | st.integers(1, 999)),
        quote=draw(long_text(600)),
        start=start,
        end=start + 600,
        url=f"/documents/f749b4a489?start={start}&end={start + 600}#lit",
    )


@st.composite
def answers(draw: st.DrawFn, most: int = 400) -> Answer:
    """An answer with a board of up to `most` areas."""
    areas = draw(st.one_of(st.integers(0, 6), st.integers(0, most), st.just(most)))
    pool = [draw(citations(n)) for n in range(1, draw(st.integers(0, 6)) + 1)]
    # Drawing hundreds of citations one by one would test hypothesis, not the bot.
    cited = (
        [pool[n % len(pool)].model_copy(update={"n": n + 1}) for n in range(areas)] if pool else []
    )
    area = draw(long_text(200))
    pattern = TopicVerdict(
        topic="theft",
        area=area,
        plan_id="plan",
        basis=draw(st.sampled_from(Basis)),
        verdict=draw(st.sampled_from(Verdict)),
        section=tuple(draw(st.lists(words, max_size=3))),
        terms_tried=(draw(words),) * draw(st.integers(0, 30)),
    )
    topics = draw(st.sampled_from([("theft",), ("theft", "arson"), (draw(long_text(300)),)]))
    verdicts = tuple(
        _verdict(pattern, topic, place, cited=bool(pool))
        for topic in topics
        for place in range(areas)
    )
    return Answer(
        id="f8d57f12673562b1",
        question=draw(long_text(1_000)),
        standalone_question="q",
        intent=Intent.SET,
        topics=topics,
        reading=Reading(intent=Intent.SET, topics=topics, areas=()),
        scope=AnswerScope(
            plans_in_scope=areas, plans_read=areas, plans_held=areas, areas=(), period=None
        ),
        answerable=True,
        status=Status.ANSWERED,
        text=draw(_texts(len(cited))),
        areas=(),
        verdicts=verdicts,
        citations=tuple(cited),
        generation="g1",
        took_ms=Took(total=1, embed=0, search=0, judge=0),
    )


def _verdict(pattern: TopicVerdict, topic: str, place: int, *, cited: bool) -> TopicVerdict:
    # Every verdict occurs on a large board.
    kind = list(Verdict)[(pattern.verdict.strength + place) % len(Verdict)]
    number = (place + 1,) if cited else ()
    return pattern.model_copy(
        update={
            "topic": topic,
            "area": f"{pattern.area} {place}",
            "verdict": kind,
            "citations": number if kind.is_named else (),
            "nearest": () if kind.is_named else number,
        }
    )


@st.composite
def _texts(draw: st.DrawFn, cited: int) -> str:
    opening = draw(long_text(2_000))
    line = draw(long_text(900))
    lines = [f"{line} [{n}]" for n in range(1, draw(st.integers(0, min(cited, 60))) + 1)]
    crowded = " ".join(f"[{n}]" for n in range(1, cited + 1)) if draw(st.booleans()) else ""
    return "\n".join([opening, *lines, crowded]).strip()
