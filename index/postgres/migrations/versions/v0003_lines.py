"""Sentences as numbers, beside their words."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Runs the file of the same name, its statements one by one: Citus alters no tables else."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.get_bind().exec_driver_sql(statement)


def statements(script: str) -> list[str]:
    """Those of a script; each ends in a semicolon at the end of a line, the last one may."""
    return [each.strip() for each in f"{script}\n".split(";\n") if each.strip()]
