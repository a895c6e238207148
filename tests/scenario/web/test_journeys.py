"""What users do on the pages, in a browser, with JavaScript and without."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.scenario.web.conftest import QUESTION, NewPage
from tests.scenario.web.documents import HEBREW, OVERRIDE

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(params=[True, False], ids=["scripted", "unscripted"])
def page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    return new_page(java_script_enabled=request.param)


def ask(page: Page, question: str) -> None:
    page.get_by_role("searchbox").or_(page.locator("#q")).first.fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()


def test_three_clicks_from_the_start_to_the_words_on_metal_theft(page: Page) -> None:
    """Someone who was shown nothing finds where the source says that Redcar and Cleveland
    prioritise metal theft."""
    page.goto("/")
    page.get_by_role("link", name=QUESTION).click()
    redcar = page.get_by_role("row").filter(has_text="Redcar and Cleveland")
    expect(redcar).to_contain_text("Priority")
    redcar.get_by_role("link", name="See it in the source").click()
    lit = page.locator("mark")
    expect(lit.first).to_be_in_viewport()
    assert "metal theft" in "".join(lit.all_inner_texts())
    expect(page.get_by_text("Compared just now")).to_be_visible()


def test_a_question_is_answered_for_every_plan(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    expect(page.get_by_role("heading", level=1)).to_contain_text(QUESTION)
    expect(page.locator(".areas li").first).to_have_text("Barsham")
    expect(page.get_by_text("6 of 6 plans read")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(7)
    hartlepool = page.get_by_role("row").filter(has_text="Hartlepool")
    expect(hartlepool).to_contain_text("Related only")
    expect(hartlepool).to_contain_text("only something wider")
    hartlepool.get_by_text("What it says").click()
    expect(hartlepool.get_by_role("link", name="See it in the source")).to_be_visible()


def test_a_conversation_goes_on_and_can_be_linked_to(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    ask(page, "and burglary?")
    expect(page.get_by_text("Which boroughs prioritise burglary?")).to_be_visible()
    ask(page, "and arson?")
    earlier = page.locator(".earlier li .asked")
    expect(earlier).to_have_text([QUESTION, "and burglary?"])
    page.get_by_role("link", name="Permanent link").click()
    expect(page).to_have_url(re.compile(r"/answers/\w+$"))
    expect(page.locator(".earlier li .asked")).to_have_text([QUESTION, "and burglary?"])
    page.get_by_role("link", name=f"The whole answer to “{QUESTION}”").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(QUESTION)


def test_a_reading_is_shown_and_corrected(page: Page) -> None:
    page.goto(f"/?q={QUESTION}")
    page.get_by_text("Read as: which areas prioritise it; topic: metal theft; all areas").click()
    page.get_by_label("What is asked").select_option("Which areas do not mention it")
    page.get_by_label("Topic").fill("burglary")
    page.get_by_label("Stockton", exact=True).check()
    page.get_by_role("button", name="Ask it like this").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Which areas do not mention burglary?")
    expect(page.get_by_text("Limited to Stockton")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)


def test_a_reading_without_what_it_needs_is_refused(page: Page) -> None:
    page.goto(f"/?q={QUESTION}")
    page.get_by_text("Read as:").click()
    page.get_by_label("Topic").fill("")
    page.get_by_role("button", name="Ask it like this").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a question.")


@pytest.mark.parametrize(("button", "said"), [("Yes", "Helpful"), ("No", "Not helpful")])
def test_feedback_is_given_with_a_reason(page: Page, button: str, said: str) -> None:
    page.goto(f"/?q={QUESTION} {button}")
    page.get_by_text("Say why").click()
    page.get_by_label("What was right, wrong or missing?").fill(f"{button}.\n<b>Stockton</b>")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="How this was found").click()
    expect(page.get_by_role("main")).to_contain_text(f"{said}: {button}. <b>Stockton</b>")


def test_an_answer_is_taken_away(page: Page, new_page: NewPage) -> None:
    page.goto(f"/?q={QUESTION}")
    place = page.get_by_role("link", name="Permanent link").get_attribute("href")
    assert place is not None
    text = page.request.get(f"{place}.txt").text()
    assert "[1] “" in text
    assert f"http://{page.url.split('/')[2]}{place}" in text
    markdown = page.request.get(f"{place}.md")
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert markdown.text().startswith(f"# {QUESTION}\n")
    assert "\\<script\\>" in markdown.text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table (CSV)").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == 6
    assert {row["verdict"] for row in rows} >= {"priority", "emerging", "related"}


def test_text_is_copied_where_the_browser_can(new_page: NewPage) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/?q={QUESTION}")
    page.get_by_role("button", name="Copy: text with citations").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert QUESTION in copied
    assert "SHA-256 of the text" in copied


def test_the_source_goes_from_mention_to_mention(page: Page) -> None:
    page.goto("/plans")
    page.get_by_role("link", name=re.compile("^Local Community Safety Plans")).click()
    page.get_by_label("Find a topic here").fill("metal theft")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("2 mentions of metal theft")).to_be_visible()
    page.get_by_role("link", name="Next mention").click()
    expect(page.get_by_text("1 of 2 mentions of metal theft")).to_be_visible()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.get_by_role("link", name="Next mention").click()
    expect(page.get_by_text("2 of 2 mentions of metal theft")).to_be_visible()
    page.get_by_role("link", name="Previous mention").click()
    expect(page.get_by_text("1 of 2 mentions of metal theft")).to_be_visible()


def test_the_outline_leads_through_a_long_document(page: Page, paths: dict[str, str]) -> None:
    page.goto(paths["long source"])
    expect(page.get_by_text("Page 2 of").first).to_be_visible()
    outline = page.get_by_role("navigation", name="Contents")
    outline.locator("summary").click() if not outline.locator("details[open]").count() else None
    outline.get_by_role("link", name="Priority 40: neighbourhood 40").click()
    expect(page.get_by_role("heading", name="Priority 40: neighbourhood 40")).to_be_in_viewport()


def test_a_citation_that_is_not_in_the_source_is_told(page: Page, paths: dict[str, str]) -> None:
    page.goto(paths["source, words that aren't there"])
    expect(page.get_by_role("status")).to_contain_text("not in this document")
    expect(page.locator("mark")).to_have_count(0)


def test_the_library_tells_what_is_held_and_what_is_not(page: Page) -> None:
    page.goto("/plans")
    expect(page.get_by_role("main")).to_contain_text("6 plans")
    trouble = page.get_by_role("region", name="Not read, or read in part")
    expect(trouble).to_contain_text("broken.pdf: not read, so not held.")
    row = page.get_by_role("row").filter(has_text="Redcar and Cleveland")
    expect(row.get_by_role("listitem").first).to_have_text("Acquisitive crime")
    row.get_by_role("link", name="Acquisitive crime").click()
    expect(page.locator("mark").first).to_contain_text("Acquisitive crime")
    page.goto("/plans")
    page.get_by_label("Area").select_option("Stockton")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)


def test_areas_are_compared_and_each_verdict_opens_its_evidence(page: Page) -> None:
    page.goto("/compare")
    page.get_by_label("Topics", exact=True).fill("metal theft, burglary, metal theft")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)
    cell = page.get_by_role("row").filter(has_text="Stockton").get_by_role("cell").first
    expect(cell).to_contain_text("Emerging issue")
    cell.locator("summary").click()
    expect(cell.get_by_role("blockquote")).to_contain_text("metal theft")
    page.get_by_role("link", name="Anti-social behaviour", exact=False).first.click()
    expect(page.get_by_role("columnheader")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="Table (CSV)").click()
    table = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(table) == 6 * 3


def test_two_areas_are_read_side_by_side(page: Page) -> None:
    page.goto("/compare")
    page.get_by_label("Topics", exact=True).fill("violence")
    page.get_by_text("Limit to areas or a year").click()
    page.get_by_label("Stockton", exact=True).check()
    page.get_by_label("Hartlepool", exact=True).check()
    page.get_by_role("button", name="Compare").click()
    for area in ("Stockton", "Hartlepool"):
        side = page.get_by_role("region", name=area)
        expect(side.get_by_role("blockquote").first).to_contain_text("iolen")
    page.get_by_role("link", name=re.compile("source ?: Stockton, quotation 1")).click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_a_search_is_narrowed_and_its_state_lives_in_the_address(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words", exact=True).fill("theft")
    page.get_by_label("By words alone").check()
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit mark").first).to_have_text(re.compile("theft", re.IGNORECASE))
    page.get_by_role("link", name="Stockton", exact=True).click()
    expect(page).to_have_url(re.compile("mode=keyword&area=Stockton"))
    expect(page.locator(".hit h3")).to_contain_text(["Stockton: Emerging issues"])
    page.goto(page.url)
    expect(page.get_by_label("By words alone")).to_be_checked()
    page.get_by_role("link", name="Stockton", exact=False).first.click()
    assert "area" not in page.url
    page.get_by_role("heading", name="Stockton: Emerging issues").get_by_role("link").click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_other_words_are_switched_off_and_on(page: Page) -> None:
    page.goto("/search?q=theft")
    chips = page.locator(".terms .chips")
    first = chips.get_by_role("link").first
    name = first.locator("bdi").inner_text()
    first.click()
    expect(chips.locator("s")).to_have_text([name])
    chips.locator(".off").click()
    expect(chips.locator("s")).to_have_count(0)
    page.get_by_role("link", name="Look for no other words").click()
    expect(chips.get_by_role("link")).to_have_count(0)
    page.get_by_role("link", name="Look for other words too").click()
    expect(chips.get_by_role("link").first).to_be_visible()


def test_another_spelling_is_found_and_pages_follow(page: Page) -> None:
    page.goto("/search?q=burglery&mode=keyword")
    expect(page.get_by_role("status")).to_contain_text("These are for “burglary”")
    first = page.locator(".hit .passage").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    assert page.locator(".hit .passage").first.inner_text() != first
    page.get_by_role("link", name="Previous page").click()
    assert page.locator(".hit .passage").first.inner_text() == first


def test_a_search_that_finds_nothing_says_what_to_do(page: Page) -> None:
    page.goto("/search?q=zebra&mode=keyword&area=Stockton")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    page.get_by_role("link", name="Search everything that is held").click()
    page.get_by_role("link", name="Search by meaning too").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.goto("/search?q=")
    expect(page.get_by_role("alert")).to_contain_text("Enter words to search for.")


def test_an_answer_is_explained(page: Page) -> None:
    page.goto(f"/?q={QUESTION}")
    page.get_by_role("link", name="How this was found").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("set, priorities only")
    expect(main).to_contain_text("Answered from")
    expect(main).to_contain_text("says “metal theft”, by the wording “metal theft”")
    page.get_by_text("rejected in the plan of Stockton").click()
    expect(main).to_contain_text("it has no word for “metal”")


@pytest.mark.parametrize(
    ("question", "heading", "way_on"),
    [
        ("How many drones does Redcar have?", "Not in the plans held", "Search the text for"),
        ("What does Cardiff say about theft?", "No plan held", "See which plans are held"),
        ("???", "Not understood", "Which boroughs prioritise metal theft?"),
    ],
)
def test_a_refusal_says_what_to_do(page: Page, question: str, heading: str, way_on: str) -> None:
    page.goto("/")
    ask(page, question)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("link", name=way_on).first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "nothing at this address"),
        ("/answers/0", "No answer with this id is kept"),
        ("/documents/0", "No document with this id"),
        ("/plans?page=soon", "page: it must be a whole number"),
    ],
)
def test_an_error_page_says_what_to_do(page: Page, path: str, words: str) -> None:
    page.goto(path)
    expect(page.get_by_role("main")).to_contain_text(words)
    page.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_label("Your question")).to_be_visible()


def test_hostile_words_show_as_words(page: Page, paths: dict[str, str]) -> None:
    for path in (paths["hostile source"], paths["answer"], paths["plans"], "/compare"):
        page.goto(path)
        assert "taken over" not in page.title()
        assert OVERRIDE not in page.content()
        expect(page.locator("main img, main script")).to_have_count(0)
    page.goto(paths["hostile source"])
    article = page.get_by_role("article")
    expect(article).to_contain_text("<script>document.title = 'taken over'</script>")
    expect(article).to_contain_text("{{ 7 * 7 }} {% raw %} ${7*7} </textarea></article>.")
    expect(article).to_contain_text(f"�Metal theft fell {HEBREW} (2021).")
