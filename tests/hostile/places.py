"""What can stand in a folder and is no ordinary file."""

from __future__ import annotations

import os
from pathlib import Path

from tests.hostile.samples import FAILED, Sample


def places(outside: Path) -> list[Sample]:
    """The samples; `outside` is a folder that no link may lead to."""
    return [
        Sample(
            "link-out.txt",
            lambda path: path.symlink_to(outside / "secret.txt"),
            FAILED,
            ("leads out of the folder",),
        ),
        Sample(
            "folder-out",
            lambda path: path.symlink_to(outside),
            FAILED,
            ("leads out of the folder",),
        ),
        Sample(
            "device.txt",
            lambda path: path.symlink_to("/dev/zero"),
            FAILED,
            ("leads out of the folder",),
        ),
        Sample("nowhere.txt", lambda path: path.symlink_to("nothing"), FAILED, ("to no file",)),
        Sample("circle.txt", lambda path: path.symlink_to("circle.txt"), FAILED),
        Sample("pipe.txt", os.mkfifo, FAILED, ("is no regular file",)),
    ]
