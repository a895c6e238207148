"""Plots as SVG, for the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bench.environment import ROOT

IMAGES = ROOT / "docs" / "images"


def lines(
    name: str, across: str, up: str, series: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    """Writes `docs/images/NAME.svg`: a line for each series, both axes logarithmic."""
    with _axes(name) as axes:
        for label, points in series.items():
            way = zip(*points, strict=True)
            axes.plot(*way, marker="o", markersize=3, linewidth=1.2, label=label)
        axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
        axes.legend(frameon=False, fontsize=8)


def places(name: str, across: str, up: str, named: Mapping[str, tuple[float, float]]) -> None:
    """Writes `docs/images/NAME.svg`: a point with its name for each, logarithmic across."""
    with _axes(name) as axes:
        for label, at in named.items():
            axes.plot(*at, marker="o", markersize=4)
            axes.annotate(label, at, xytext=(5, 4), textcoords="offset points", fontsize=8)
        axes.set(xscale="log", xlabel=across, ylabel=up)
        axes.margins(x=0.2)


@contextmanager
def _axes(name: str) -> Iterator[Any]:
    import matplotlib as mpl  # noqa: PLC0415 - half a second, and for few benchmarks

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    # Text stays text, and the same figures give the same file.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name, "font.size": 9})
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    yield axes
    axes.grid(visible=True, which="major", linewidth=0.4)
    figure.savefig(IMAGES / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)
