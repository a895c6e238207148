"""Documents for the tests of the pages: a hostile one, a long one, and one that can't be read."""

from __future__ import annotations

from pathlib import Path

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
"""Turns what follows it round."""

SCRIPT = (
    "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='too'\">"
)
TEMPLATE = "{{ 7 * 7 }} {% raw %} ${7*7}"
HEBREW = "שלום"

HOSTILE = f"""Barsham Community Safety Plan 2022-2025

Priorities

Metal theft {SCRIPT}

We will cut metal theft {TEMPLATE} </textarea></article>.
{OVERRIDE}Metal theft fell {HEBREW} (2021).
"=HYPERLINK(""http://plans.invalid"")" is a formula, and metal theft is still a priority.

Burglary

=1+1 burglary will be tackled & more; &lt;b&gt; isn't bold.
"""

_PARAGRAPH = (
    "Patrol {number} walks the ward at night, and gives advice to those who live alone. "
    "Partners meet each month to see what works, and residents are asked what troubles them.\n\n"
)


def write_documents(folder: Path) -> Path:
    """Writes the documents to a folder."""
    folder.mkdir()
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "long.txt").write_text(_long(), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return folder


def _long() -> str:
    """A plan of some 400,000 characters."""
    sections = "".join(
        f"Priority {number}: neighbourhood {number}\n\nBurglary is tackled here.\n\n"
        + "".join(_PARAGRAPH.format(number=number * 100 + each) for each in range(50))
        for number in range(1, 41)
    )
    return f"Longstow Community Safety Plan 2023-2026\n\nPriorities\n\n{sections}"
