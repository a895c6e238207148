"""What a search gives a reader: hits, what is lit in them, counts, spellings and other words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.glossary import Glossary
from service.paging import BadCursorError
from service.queries import SearchQuery
from service.schemas import SearchHit, SearchPage
from tests.builders import document, plan
from tests.unit.service.stand_ins import engine, searcher

DOCUMENTS = (
    document(
        "report.txt",
        plan(
            "Stockton",
            {
                "Emerging issues": "Metal theft rose. Thieves of metal are sought.",
                "Burglary": "Homes were broken into. A burglar was caught.",
                "Nuisance": "Anti-social behaviour (ASB) fell.",
            },
            (2011, 2013),
        ),
        plan("Redcar", {"Theft": "The theft of metal fell, as did shoplifting."}, (2013, 2014)),
        preface={"Purpose": "This report informs members of theft."},
    ),
    document("other.txt", plan("Hartlepool", {"Roads": "Speeding near schools. Houses."})),
)

GLOSSARY = Glossary.model_validate(
    {
        "same": [
            {"terms": ["break-ins", "burglary", "housebreaking"], "source": "test"},
            {"terms": ["anti-social behaviour", "ASB", "nuisance"], "source": "test"},
        ],
        "too_wide": {"terms": ["crime"]},
        "class": [
            {"term": "crime", "narrower": ["theft", "burglary"], "source": "test"},
            {"term": "theft", "narrower": ["metal theft", "shoplifting"], "source": "test"},
        ],
    }
)


def search(q: str, mode: str = "keyword", **how: object) -> SearchPage:
    asked = SearchQuery.model_validate({"q": q, "mode": mode, **how})
    return searcher(engine(parsed=DOCUMENTS), GLOSSARY).search(asked)


def lit(hit: SearchHit) -> list[str]:
    return [hit.passage.text[start:end] for start, end in hit.highlights]


def lit_headings(hit: SearchHit) -> list[str]:
    pairs = zip(hit.passage.section, hit.section_highlights, strict=True)
    return [heading[start:end] for heading, spans in pairs for start, end in spans]


def headings(page: SearchPage) -> set[str]:
    return {hit.passage.section[-1] for hit in page.hits}


# What matched is lit


@pytest.mark.parametrize(
    ("q", "shown"),
    [
        ("metal theft", ["Metal", "theft", "metal"]),
        ('"metal theft"', ["Metal theft"]),
        ("thie*", ["Thieves"]),
        ("anti-social", ["Anti-social"]),
        ("asb", ["ASB"]),
        ("theft -shoplifting -members", ["theft"]),
        ("(burglary AND asb) OR speeding", ["Speeding"]),
        ("speeding OR (schools AND burglary)", ["Speeding"]),
        ("metla theft", ["Metal", "theft", "metal"]),
    ],
)
def test_what_matched_is_lit(q: str, shown: list[str]) -> None:
    assert lit(search(q).hits[0]) == shown


def test_a_heading_that_matched_is_lit_in_the_heading() -> None:
    hit = search('"emerging issues"').hits[0]
    assert (lit(hit), lit_headings(hit)) == ([], ["Emerging issues"])


def test_other_words_are_lit_too_and_can_be_left_out() -> None:
    page = search("break-ins", "hybrid")
    assert page.added_terms == ("burglary",)
    assert lit_headings(page.hits[0]) == ["Burglary"]
    for less in ({"without": ["Burglary"]}, {"expand": False}):
        page = search("break-ins", "hybrid", **less)
        assert page.added_terms == ()
        assert not any(map(lit_headings, page.hits))


def test_narrower_things_are_added_where_they_stand_in_scope() -> None:
    assert search("theft", "meaning").added_terms == ("metal theft", "shoplifting")
    assert search("theft", "meaning", area=["Stockton"]).added_terms == ("metal theft",)
    assert search("theft", "keyword").added_terms == ()


def test_a_class_too_wide_to_inform_gets_no_other_words() -> None:
    assert search("crime", "hybrid").added_terms == ()


def test_a_quotation_gets_no_other_words() -> None:
    assert search('"theft"', "hybrid").added_terms == ()


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(["metal", "theft", '"of metal"', "bur*", "OR", "-", "(", ")", "asb"])),
    st.sampled_from(["keyword", "meaning", "hybrid"]),
)
def test_what_is_lit_is_in_order_and_inside(words: list[str], mode: str) -> None:
    for hit in search(" ".join(words) or "-", mode).hits:
        ends = [0, *(end for span in hit.highlights for end in span), len(hit.passage.text)]
        assert ends == sorted(ends)
        assert all(start < end for start, end in hit.highlights)


# Spelling


@pytest.mark.parametrize(
    ("q", "meant"),
    [("shopliftng", "shoplifting"), ("Metla theft", "Metal theft"), ("speding", "speeding")],
)
def test_where_nothing_matches_another_spelling_is_searched_for(q: str, meant: str) -> None:
    page = search(q)
    assert (page.query, page.did_you_mean, page.searched_for) == (q, meant, meant)
    assert page.total >= 1


@pytest.mark.parametrize(
    "q",
    [
        "ABS",  # an acronym, near to ASB
        "METLA",  # in capitals, so it may be one
        "asbo",  # short
        "darlingtan7",  # not of letters only
        "darlington",  # a place, though no plan is held
        "housebreaking",  # a word of the glossary that no plan uses
        '"metla"',  # to the letter
        "metla*",
        "aetal",  # the first letter is seldom wrong
        "houses",
    ],
)
def test_what_is_never_respelt(q: str) -> None:
    page = search(q)
    assert (page.did_you_mean, page.searched_for) == (None, q)


def test_where_something_matches_another_spelling_is_only_offered() -> None:
    page = search("reports about metla theft in schools rising")
    assert page.did_you_mean == "reports about metal theft in schools rising"
    assert page.searched_for == page.query
    assert page.total > 1


def test_where_no_passage_has_all_words_those_with_some_are_found() -> None:
    page = search("metal speeding")
    assert (page.relaxed, page.total) == (True, 3)
    assert not search("metal theft").relaxed
    assert not search("absent").relaxed
    assert search("absent", "hybrid").relaxed
    assert not search("theft", "meaning").relaxed


# Meaning


def test_what_is_demanded_holds_by_meaning_too() -> None:
    for mode in ("meaning", "hybrid"):
        assert headings(search("theft -metal", mode)) == {
            "Purpose",
            "Burglary",
            "Nuisance",
            "Roads",
        }
        assert headings(search('"theft of metal" crime', mode)) == {"Theft"}
        assert search("theft", mode).total == 6


def test_without_a_word_there_is_nothing_to_mean() -> None:
    for mode in ("keyword", "meaning", "hybrid"):
        assert search("?!", mode).total == 0
    assert headings(search("-theft -metal", "meaning")) == {"Burglary", "Nuisance", "Roads"}


# Counting and paging


def test_all_matches_are_counted_not_those_of_the_page() -> None:
    facets = search("metal OR theft OR asb OR speeding", limit=1).facets
    assert [(each.value, each.count) for each in facets.areas] == [
        ("Stockton", 2),
        ("Hartlepool", 1),
        ("Redcar", 1),
    ]
    assert [(each.value, each.count) for each in facets.years] == [
        (2011, 2),
        (2012, 2),
        (2013, 3),
        (2014, 1),
    ]
    assert [(each.title, each.count) for each in facets.documents] == [
        ("report.txt", 4),
        ("other.txt", 1),
    ]


@pytest.mark.parametrize("mode", ["keyword", "meaning", "hybrid"])
@pytest.mark.parametrize("narrowed", [{}, {"area": ["Stockton"]}, {"year": 2013}])
def test_the_counts_are_those_of_all_pages_together(mode: str, narrowed: dict[str, object]) -> None:
    hits: list[SearchHit] = []
    page = search("theft", mode, limit=1, **narrowed)
    while True:
        hits += page.hits
        if page.next_cursor is None:
            break
        page = search("theft", mode, limit=1, cursor=page.next_cursor, **narrowed)
    assert len(hits) == page.total
    areas = Counter(hit.passage.area for hit in hits if hit.passage.plan_id)
    assert {each.value: each.count for each in page.facets.areas} == areas
    documents = Counter(hit.passage.document_id for hit in hits)
    assert {each.value: each.count for each in page.facets.documents} == documents


def test_a_document_can_be_chosen_with_what_stands_outside_its_plans() -> None:
    page = search("theft", document=[DOCUMENTS[0].document.id])
    assert headings(page) == {"Emerging issues", "Theft", "Purpose"}
    assert search("theft", document=[DOCUMENTS[1].document.id]).total == 0


def test_a_cursor_is_of_one_search() -> None:
    cursor = search("theft", limit=1).next_cursor
    for how in ({"without": ["x"]}, {"expand": False}, {"document": ["d"]}, {"mode": "hybrid"}):
        with pytest.raises(BadCursorError):
            search("theft", **({"mode": "keyword"} | how), cursor=cursor)


def test_a_hit_says_whose_plan_it_is_of() -> None:
    hit = search("shoplifting").hits[0]
    assert (hit.passage.area, hit.period, hit.document_title) == (
        "Redcar",
        "2013-2014",
        "report.txt",
    )
    assert search("members").hits[0].period is None


def test_a_hit_has_its_neighbours() -> None:
    first, second, *_ = DOCUMENTS[0].passages
    hit = search("members").hits[0]
    assert (hit.passage.previous, hit.passage.next) == (None, second.id)
    assert hit.passage.id == first.id
