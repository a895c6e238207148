"""Web pages as they are saved: what is read of them, and what is left out and counted."""

from __future__ import annotations

import pytest

from ingest.errors import EmptyFileError, IngestError, TooLargeError, UndecodableFileError
from ingest.readers import read
from tests.unit.ingest.found import lines


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


PLAN = "<h1>Dunmarrow Plan</h1><p>Crime fell.</p>"

WHOLE = page(
    '<div id="ccc-cookie-bar"><p>We use cookies</p></div>'
    "<header><p>Dunmarrow Council</p><nav><a href='/'>Home</a></nav></header>"
    f"<div class='wrap'><nav aria-label='Breadcrumb'>You are here</nav><main>{PLAN}"
    "<script>steal()</script><style>p {}</style><p hidden>Not shown</p>"
    "<ul><li><a href='#a'>First</a></li><li><a href='#b'>Second</a></li></ul>"
    "<p>It <em>will</em>\n  fall<br>again.</p></main></div>"
    "<footer><p>Contact us</p></footer>",
    "<title>Dunmarrow Plan | Dunmarrow Council</title>",
)


def test_the_main_content_is_read_and_what_is_around_it_is_counted() -> None:
    assert lines("plan.html", WHOLE) == [
        "h1 Dunmarrow Plan",
        "p Crime fell.",
        "p It will fall\nagain.",
    ]
    file = read("plan.html", WHOLE)
    assert file.title == "Dunmarrow Plan | Dunmarrow Council"
    assert sorted(file.left_out) == [
        "1 cookie banner",
        "1 list of contents",
        "1 page footer",
        "1 page header",
        "2 menus",
    ]


def test_a_class_of_the_whole_page_takes_nothing_out() -> None:
    data = page(f'<div class="cookies-accepted"><div class="social">{PLAN}</div></div>')
    assert lines("plan.html", data) == ["h1 Dunmarrow Plan", "p Crime fell."]


def test_lists_keep_their_nesting() -> None:
    data = page(
        "<p>We will:<ul><li>stop<ol><li>theft<li>arson</ol><li><p>help</p><p>and advise</p></ul>"
        "<dl><dt>CSP<dd>Community safety partnership</dl>"
    )
    assert lines("plan.htm", data) == [
        "p We will:",
        "li1 stop",
        "li2 theft",
        "li2 arson",
        "li1 help",
        "p1 and advise",
        "li1 CSP",
        "p1 Community safety partnership",
    ]


def test_folded_sections_and_bold_lines_are_headings() -> None:
    data = page(
        "<details><summary>Burglary</summary><p>Locks.</p></details>"
        "<p><strong>Rural crime</strong></p><p>Hares.</p><h2><button>Theft</button></h2><p>Bikes."
    )
    assert lines("plan.html", data) == [
        "h Burglary",
        "p Locks.",
        "h Rural crime",
        "p Hares.",
        "h2 Theft",
        "p Bikes.",
    ]


def test_a_table_says_which_column_a_cell_is_in() -> None:
    data = page(
        "<h1>Plan</h1><table><caption>Actions</caption><tr><th>Priority<th>Action<th>Lead"
        "<tr><td rowspan=2>Burglary<td>Locks<br>and lights<td>Police"
        "<tr><td colspan=2>Visits</table><p>End."
    )
    assert lines("plan.html", data) == [
        "h1 Plan",
        "p Actions",
        "tr Priority / Action / Lead",
        "tr Priority: Burglary / Action: Locks\nand lights / Lead: Police",
        "tr Action: Visits",
        "p End.",
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    data = page(
        "<table><tr><td><h2>Vision</h2><p>Safe.</p><td><p>Photo"
        "<tr><td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>"
    )
    assert lines("plan.html", data) == [
        "h2 Vision",
        "p Safe.",
        "p Photo",
        "tr A / B",
        "tr A: 1 / B: 2",
    ]


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (page("<p>A café.").decode().encode("utf-16"), 0),
        (page("<p>A café.", '<meta charset="iso-8859-1">').decode().encode("cp1252"), 0),
        (page("<p>A café.", '<meta charset="utf-16">'), 0),
        (page("<p>A café.", '<meta charset="no-such">'), 0),
        (page("<p>A café.").decode().encode("cp1252"), 1),
    ],
)
def test_encodings_as_they_are_stated_or_guessed(data: bytes, notes: int) -> None:
    assert lines("plan.html", data) == ["p A café."]
    assert len(read("plan.html", data).notes) == notes


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (page("<nav>Menu</nav><script>words</script>"), EmptyFileError, "outside menus"),
        (page("<div>" * 3000 + "deep"), TooLargeError, "nested deeper"),
        (page("<p>a\0b"), UndecodableFileError, "NUL"),
        (b"%PDF-1.7 ...", IngestError, "is a PDF"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(
    data: bytes, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=r"\.$") as raised:
        read("plan.html", data)
    assert says in str(raised.value)
