"""What an ingest as jobs needs, and the tables of the library that hands the jobs out."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Runs the file of the same name, and Procrastinate's own."""
    run = op.get_bind().exec_driver_sql
    run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    # Unchanged since its release 3.4. One that changes it brings a migration, for a later one here.
    run(SchemaManager.get_schema().replace("%", "%%"))
