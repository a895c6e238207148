"""Plain text and HTML."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from tests.hostile.samples import FAILED, SURVIVED, Sample, data

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


def _html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


TEXTS = [
    data("empty.txt", b"", FAILED, "is empty"),
    data("blank.txt", b" \n\t\r\n" * 1_000, FAILED, "is empty"),
    data("wordless.md", b"---\n***\n" * 100, FAILED, "holds no words"),
    data("nul.txt", b"plan\0plan", FAILED, "NUL characters"),
    data("utf-16-without-a-mark.txt", "Burglary plan".encode("utf-16-le"), FAILED, "NUL"),
    data("half-utf-16.txt", b"\xff\xfep\0l", SURVIVED),
    data("odd-utf-16.txt", b"\xff\xfep\0l\0a", FAILED, "unknown encoding"),
    data("unknown-encoding.txt", b"plan \x81\x8d\x8f\x90\x9d", FAILED, "unknown encoding"),
    data("gzip.txt", gzip.compress(b"plan"), FAILED, "gzip archive"),
    data("picture.txt", _PNG, FAILED, "NUL characters"),
    data("pdf.txt", b"%PDF-1.7\n", FAILED, "is a PDF"),
    data("program.txt", b"\x7fELF\x02\x01\x01" + bytes(64), FAILED, "NUL characters"),
    data("old-office.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 8, FAILED, "old Office file"),
    data("unknown.xyz", b"plan", FAILED, "can't be read"),
    Sample("gigantic.txt", _sparse, FAILED, ("has 3,000 MB",)),
    data("one-line.txt", b"burglary " * 200_000, SURVIVED),
    data("one-word.txt", b"x" * 1_000_000, SURVIVED),
    data("no-full-stop.txt", b"metal theft and\n" * 50_000, SURVIVED),
    data("deep-list.md", "".join(f"{' ' * n}- item\n" for n in range(1_500)).encode(), SURVIVED),
    data("long-table.md", b"| a | b |\n|---|---|\n" + b"| 1 | 2 |\n" * 20_000, SURVIVED),
    data("bidi.txt", "# \u202eplan\u2066\n\nSafe\u2069 \u200ftext.\n".encode() * 500, SURVIVED),
    data("controls.txt", b"Plan\x1b[2J\x07\x08\n\nText.\n", SURVIVED),
    data("combining.txt", ("a" + "\u0301" * 200_000).encode(), SURVIVED),
    data("\x1b[31mred\n.txt", b"", FAILED, "is empty"),
    Sample(
        os.fsdecode(b"caf\xe9.txt"),
        lambda path: path.write_bytes(b""),
        FAILED,
        ("is empty",),
        reported_as="caf�.txt",
    ),
    data("deep.html", _html("<div>" * 100_000 + "plan" + "</div>" * 100_000), SURVIVED),
    data("unclosed.html", b"<p><b><i><table><tr><td>plan " * 30_000, SURVIVED),
    data(
        "huge-cells.html",
        _html("<table><tr><td colspan=99999999 rowspan=99999999>plan</table>"),
        SURVIVED,
    ),
    data(
        "wide-table.html", _html("<table>" + "<tr>" * 300 + "<td>1" * 30_000 + "</table>"), SURVIVED
    ),
    data("entities.html", _html("&" * 500_000 + "plan &#x110000; &#0; &#xD800;"), SURVIVED),
    data(
        "attributes.html",
        _html("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">plan"),
        SURVIVED,
    ),
    data("script.html", _html("<script>document.write('plan')</script>" * 1_000), SURVIVED),
    data("nul.html", _html("pl\0an") + b"\0" * 1_000, SURVIVED),
    data("empty.html", _html(""), FAILED),
    data(
        "file-link.html",
        _html('<iframe src="/etc/passwd"></iframe><object data="/etc/passwd"></object>plan text'),
        SURVIVED,
    ),
    data(
        "laughs.html",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "'
        + b"&a;" * 1_000
        + b'"><!ENTITY c "'
        + b"&b;" * 1_000
        + b'"><!ENTITY d "'
        + b"&c;" * 1_000
        + b'">]><html><body>&d;</body></html>',
        SURVIVED,
    ),
]
