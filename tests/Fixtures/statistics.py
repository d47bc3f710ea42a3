"""Tests and intervals as scipy has them, for the tests of GradTorch: writes statistics.json beside itself.

Wilcoxon's p with ties and zeros is counted here sign by sign, for scipy has no exact one of these; the number of pairs is the exact
one of the noncentral t distribution.

Run with Debian's python3-scipy: /usr/bin/python3 statistics.py
"""

import itertools
import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.default_rng(7)


def wilcoxon_by_enumeration(differences):
    """Every sign of every rank, one by one."""
    differences = np.array([d for d in differences if d != 0.0])
    if len(differences) == 0:
        return 1.0
    ranks = stats.rankdata(np.abs(differences))
    w = ranks[differences > 0].sum()
    sums = np.array([ranks[list(signs)].sum() if any(signs) else 0.0
                     for signs in (np.array(s, dtype=bool) for s in itertools.product((0, 1), repeat=len(ranks)))])
    return min(1.0, 2 * min((sums <= w + 1e-9).mean(), (sums >= w - 1e-9).mean()))


def exact_pairs(effect, level, power=0.8):
    """The least number of pairs by the noncentral t distribution."""
    for n in itertools.count(2):
        reach = stats.t.ppf(1 - level / 2, n - 1)
        if 1 - stats.nct.cdf(reach, n - 1, effect * n ** 0.5) + stats.nct.cdf(-reach, n - 1, effect * n ** 0.5) >= power:
            return n


samples = [
    [1.0, 1.0, 2.0, 3.0, 4.0],
    [0.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, -1.0, 2.0, -3.0, 0.5],
    [1.0, -1.0],
    *[list(np.round(random.normal(0.3, 1, n), 2)) for n in (2, 3, 5, 8, 12, 15)],
    *[list(random.normal(0.1, 1e-6, n)) for n in (4, 10)],
]
large = [list(random.normal(0.02, 1, 300)), list(np.round(random.normal(0.1, 1, 250), 1))]

t_tests = []
for sample in samples:
    if len(set(sample)) > 1:
        test = stats.ttest_1samp(sample, 0)
        t_tests.append({"differences": sample, "p": test.pvalue, "effect": np.mean(sample) / np.std(sample, ddof=1)})

intervals = []
for sample in samples:
    mean, error, n = np.mean(sample), stats.sem(sample), len(sample)
    low, high = stats.t.interval(0.95, n - 1, mean, error) if error > 0 else (mean, mean)
    intervals.append({"numbers": sample, "mean": mean, "low": low, "high": high})

lines = []
for n in (3, 5, 50):
    x = np.arange(1.0, n + 1)
    y = 0.3 * x + random.normal(0, 0.5, n)
    fit = stats.linregress(x, y)
    reach = stats.t.ppf(0.975, n - 2) * fit.stderr
    lines.append({"y": list(y), "slope": fit.slope, "low": fit.slope - reach, "high": fit.slope + reach})


def holm(p):
    order, adjusted, least = np.argsort(p, kind="stable"), np.zeros(len(p)), 0.0
    for place, index in enumerate(order):
        least = max(least, (len(p) - place) * p[index])
        adjusted[index] = min(1.0, least)
    return list(adjusted)


p_values = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.02], [1.0, 0.3, 0.9, 1e-12]]

document = {
    "wilcoxon": [{"differences": s, "p": wilcoxon_by_enumeration(s)} for s in samples],
    "wilcoxon_large": [
        {"differences": s, "p": stats.wilcoxon(s, mode="approx", correction=False).pvalue} for s in large
    ],
    "t": t_tests,
    "mean": intervals,
    "line": lines,
    "holm": [{"p": p, "adjusted": holm(p)} for p in p_values],
    "pairs": [
        {"effect": d, "level": level, "pairs": exact_pairs(d, level)}
        for d in (0.2, 0.5, 1.0, 2.0) for level in (0.05, 0.05 / 6)
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
