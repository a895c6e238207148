"""Draws what was measured: `python -m bench.peers.plot FIGURES`, in the project's environment.

FIGURES is what `bench.peers` wrote by `--json`; its own environment has no matplotlib.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.plots import places

if __name__ == "__main__":
    rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    places(
        "peers",
        "milliseconds of a query, embedding included, median",
        "nDCG@10",
        {name: (row["whole"], row["ndcg"]) for name, row in rows.items() if "failed" not in row},
    )
