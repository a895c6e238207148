"""Plots as SVG, for the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.environment import ROOT

IMAGES = ROOT / "docs" / "images"


def lines(
    name: str, across: str, up: str, series: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    """Writes `docs/images/NAME.svg`: a line for each series, both axes logarithmic."""
    import matplotlib as mpl  # noqa: PLC0415 - half a second, and for one benchmark

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    # Text stays text, and the same figures give the same file.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name, "font.size": 9})
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for label, points in series.items():
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, linewidth=1.2, label=label)
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.grid(visible=True, which="major", linewidth=0.4)
    axes.legend(frameon=False, fontsize=8)
    figure.savefig(IMAGES / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)
