"""Zip archives; what is in them is reported by the name of the archive and its own."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping

from tests.hostile.samples import FAILED, SURVIVED, data

_METHOD = 8, 10
"""Where a local header and a directory's entry have the method: APPNOTE.TXT, 4.3.7 and 4.3.12."""
_FLAGS = 6, 8
_SIZE = 22, 24


def packed(
    members: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip archive of these members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def patched(archive: bytes, places: tuple[int, int], value: bytes) -> bytes:
    """An archive of one member with a field of its local header and directory entry changed."""
    changed = bytearray(archive)
    entry = changed.rindex(b"PK\x01\x02")
    for at in (places[0], entry + places[1]):
        changed[at : at + len(value)] = value
    return bytes(changed)


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


_ONE = packed({"plan.txt": b"A plan. " * 100})
_STORED = packed({"plan.txt": b"A plan. " * 100}, zipfile.ZIP_STORED)


ARCHIVES = [
    data("empty.zip", packed({}), FAILED, "holds no files"),
    data("nothing.zip", b"", FAILED, "damaged or no zip archive"),
    data("no-archive.zip", b"A plan.", FAILED, "damaged or no zip archive"),
    data("truncated.zip", _ONE[:-30], FAILED, "damaged or no zip archive"),
    data("no-beginning.zip", _ONE[60:], FAILED, "damaged"),
    data(
        "only-hidden.zip",
        packed({".a.txt": b"a", "__MACOSX/._a.txt": b"a"}),
        FAILED,
        "holds no files",
    ),
    data(
        "many.zip",
        lambda: packed({f"{n}.txt": b"" for n in range(10_001)}),
        FAILED,
        "holds 10,001 files",
    ),
    data(
        "bomb.zip",
        patched(_ONE, _SIZE, struct.pack("<I", 0xFFFFFFF0)),
        FAILED,
        "unpacks to 4,295 MB",
    ),
    data(
        "large-member.zip",
        patched(_ONE, _SIZE, struct.pack("<I", 300_000_000)),
        FAILED,
        "has 300 MB",
        member="plan.txt",
    ),
    data(
        "zeros.zip",
        lambda: packed({"zeros.txt": bytes(50_000_000)}),
        FAILED,
        "NUL characters",
        member="zeros.txt",
    ),
    data(
        "slip.zip",
        packed({"../../slipped.txt": b"A plan."}),
        FAILED,
        "outside its archive",
        member="../../slipped.txt",
    ),
    data(
        "absolute.zip",
        packed({"/opt/slipped.txt": b"A plan."}),
        FAILED,
        "outside its archive",
        member="/opt/slipped.txt",
    ),
    data(
        "windows.zip",
        packed({"C:\\slipped.txt": b"A plan."}),
        FAILED,
        "outside its archive",
        member="C:/slipped.txt",
    ),
    data("link.zip", packed({_link(): b"/etc/passwd"}), FAILED, "is a link", member="link.txt"),
    data(
        "encrypted.zip", patched(_ONE, _FLAGS, b"\x01\0"), FAILED, "is encrypted", member="plan.txt"
    ),
    data(
        "nested.zip",
        packed({"inner.zip": _ONE}),
        FAILED,
        "archive within an archive",
        member="inner.zip",
    ),
    data("method.zip", patched(_ONE, _METHOD, b"\x63\0"), FAILED, "a method", member="plan.txt"),
    data(
        "checksum.zip",
        _STORED.replace(b"A plan. ", b"A PLAN. "),
        FAILED,
        "is damaged in its archive",
        member="plan.txt",
    ),
    data(
        "garbage.zip",
        _ONE[:40] + b"\xff" * 10 + _ONE[50:],
        FAILED,
        "is damaged in its archive",
        member="plan.txt",
    ),
    data(
        "lies.zip",
        patched(_ONE, _SIZE, struct.pack("<I", 1)),
        FAILED,
        "is damaged in its archive",
        member="plan.txt",
    ),
    data(
        "lzma.zip",
        packed({"plan.txt": b"Burglary. " * 50}, zipfile.ZIP_LZMA),
        SURVIVED,
        member="plan.txt",
    ),
]
