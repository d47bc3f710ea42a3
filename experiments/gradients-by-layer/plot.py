"""Draws the gradient norm of every layer at the first and the last record of some runs, as an SVG on standard output.

    python3 plot.py LABEL=RUN_DIRECTORY [LABEL=RUN_DIRECTORY ...] > gradients-by-layer.svg

Lines are medians over the members, bands reach from the smallest to the largest. Needs nothing but Python.
"""

import math
import pathlib
import sqlite3
import statistics
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 440, 300, 70, 50, 40
COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"]


def read(directory, last):
    """Weight gradients of each layer: a list of the members' values, hidden layers only."""
    database = sqlite3.connect(f"file:{pathlib.Path(directory) / 'run.db'}?mode=ro", uri=True)
    pick = "max" if last else "min"
    rows = database.execute(
        f"""SELECT layer, weight_gradient FROM layer_gradient
            WHERE step = (SELECT {pick}(step) FROM layer_gradient) AND layer_name <> 'output'"""
    )
    layers = {}
    for layer, value in rows:
        layers.setdefault(layer, []).append(float(value))
    return [layers[layer] for layer in sorted(layers)]


def main(arguments):
    runs = [argument.split("=", 1) for argument in arguments]
    panels = [("before training", False), ("at the last record", True)]
    data = {(label, last): read(directory, last) for label, directory in runs for _, last in panels}
    values = [v for layers in data.values() for members in layers for v in members if 0 < v < math.inf]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    depth = max(len(layers) for layers in data.values())

    def x(panel, layer):
        return LEFT + panel * (WIDTH + GAP) + (layer - 1) / max(depth - 1, 1) * WIDTH

    def y(value):
        exponent = math.log10(value) if value > 0 else low
        return TOP + (high - exponent) / (high - low) * HEIGHT

    total = LEFT + 2 * WIDTH + GAP + 20
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{TOP + HEIGHT + 80}" '
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{LEFT - 50}" y="20" font-size="14">‖∂L/∂W‖ by hidden layer</text>',
    ]
    step = max(1, round((high - low) / 8))
    for panel, (title, _) in enumerate(panels):
        left = x(panel, 1)
        out.append(f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>')
        out.append(f'<text x="{left + WIDTH / 2}" y="{TOP - 10}" text-anchor="middle">{title}</text>')
        for exponent in range(low, high + 1, step):
            at = y(10.0**exponent)
            out.append(f'<path d="M{left} {at:.1f}h{WIDTH}" stroke="#eee"/>')
            if panel == 0:
                out.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">1e{exponent}</text>')
        for layer in sorted({1, *range(10, depth + 1, 10), depth}):
            out.append(f'<text x="{x(panel, layer):.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{layer}</text>')
        out.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">hidden layer</text>')
        for index, (label, _) in enumerate(runs):
            layers = data[label, panels[panel][1]]
            colour = COLOURS[index % len(COLOURS)]
            upper = [f"{x(panel, i + 1):.1f},{y(max(m)):.1f}" for i, m in enumerate(layers)]
            lower = [f"{x(panel, i + 1):.1f},{y(min(m)):.1f}" for i, m in enumerate(layers)]
            middle = [f"{x(panel, i + 1):.1f},{y(statistics.median(m)):.1f}" for i, m in enumerate(layers)]
            out.append(f'<polygon points="{" ".join(upper + lower[::-1])}" fill="{colour}" opacity="0.2"/>')
            out.append(f'<polyline points="{" ".join(middle)}" fill="none" stroke="{colour}" stroke-width="2"/>')
    for index, (label, _) in enumerate(runs):
        at = LEFT + index * 200
        out.append(f'<path d="M{at} {TOP + HEIGHT + 60}h30" stroke="{COLOURS[index % len(COLOURS)]}" stroke-width="3"/>')
        out.append(f'<text x="{at + 38}" y="{TOP + HEIGHT + 65}">{label}</text>')
    print("\n".join([*out, "</svg>"]))


main(sys.argv[1:])
