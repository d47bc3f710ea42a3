"""Draws the test error by step and ‖∂L/∂h_t‖ by timestep of some runs, as an SVG on standard output.

    python3 plot.py LABEL=RUN_DIRECTORY [LABEL=RUN_DIRECTORY ...] > irnn-adding.svg

Lines are medians over the members, bands reach from the smallest to the largest. Needs nothing but Python.
"""

import math
import pathlib
import sqlite3
import statistics
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 400, 300, 70, 50, 80
COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"]
BASELINE = 1 / 6


def grouped(directory, query):
    """Column 0 → the values of column 1, one for each member."""
    database = sqlite3.connect(f"file:{pathlib.Path(directory) / 'run.db'}?mode=ro", uri=True)
    groups = {}
    for key, value in database.execute(query):
        groups.setdefault(key, []).append(float(value))
    return groups


def errors(directory):
    return grouped(directory, "SELECT step, loss FROM evaluation WHERE split = 'test' ORDER BY step, member")


def gradients(directory, pick):
    return grouped(
        directory,
        f"""SELECT timestep, hidden_gradient FROM timestep_gradient
            WHERE layer = 1 AND step = (SELECT {pick}(step) FROM timestep_gradient) ORDER BY timestep, member""",
    )


def panel(out, left, title, axis, series, marks):
    """One panel: series are (colour, dash, groups), y is logarithmic."""
    values = [v for _, _, groups in series for members in groups.values() for v in members if 0 < v < math.inf]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    keys = [key for _, _, groups in series for key in groups]
    first, last = min(keys), max(keys)

    def x(key):
        return left + (key - first) / max(last - first, 1) * WIDTH

    def y(value):
        return TOP + (high - (math.log10(value) if value > 0 else low)) / (high - low) * HEIGHT

    out.append(f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{TOP - 12}" text-anchor="middle">{title}</text>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">{axis}</text>')
    for exponent in range(low, high + 1, max(1, round((high - low) / 8))):
        at = y(10.0**exponent)
        out.append(f'<path d="M{left} {at:.1f}h{WIDTH}" stroke="#eee"/>')
        out.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">1e{exponent}</text>')
    for key in sorted({first, *marks, last}):
        out.append(f'<text x="{x(key):.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{key:,}</text>')
    for colour, dash, groups in series:
        upper = [f"{x(key):.1f},{y(max(members)):.1f}" for key, members in groups.items()]
        lower = [f"{x(key):.1f},{y(min(members)):.1f}" for key, members in groups.items()]
        middle = [f"{x(key):.1f},{y(statistics.median(members)):.1f}" for key, members in groups.items()]
        out.append(f'<polygon points="{" ".join(upper + lower[::-1])}" fill="{colour}" opacity="0.15"/>')
        out.append(f'<polyline points="{" ".join(middle)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
    return y


def main(arguments):
    runs = [argument.split("=", 1) for argument in arguments]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + 2 * WIDTH + GAP + 20}" height="{TOP + HEIGHT + 80}" '
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    colours = COLOURS[: len(runs)]
    test = [(colour, "", errors(directory)) for colour, (_, directory) in zip(colours, runs)]
    y = panel(out, LEFT, "mean squared error on the test split", "step", test, [2000, 4000, 6000])
    out.append(f'<path d="M{LEFT} {y(BASELINE):.1f}h{WIDTH}" stroke="#333" stroke-dasharray="2 3"/>')
    out.append(f'<text x="{LEFT + 6}" y="{y(BASELINE) - 5:.1f}">1/6: the mean, whatever the sequence</text>')
    series = []
    for colour, (_, directory) in zip(colours, runs):
        series.append((colour, ' stroke-dasharray="6 4"', gradients(directory, "min")))
        series.append((colour, "", gradients(directory, "max")))
    panel(out, LEFT + WIDTH + GAP, "‖∂L/∂h_t‖: dashed before training, solid at the end", "timestep t", series, [20, 40])
    for index, (label, _) in enumerate(runs):
        at = LEFT + index * 200
        out.append(f'<path d="M{at} {TOP + HEIGHT + 60}h30" stroke="{colours[index]}" stroke-width="3"/>')
        out.append(f'<text x="{at + 38}" y="{TOP + HEIGHT + 65}">{label}</text>')
    print("\n".join([*out, "</svg>"]))


main(sys.argv[1:])
