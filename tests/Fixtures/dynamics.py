"""Intervals of proportions and logistic regressions as scipy has them, for the tests of GradTorch: writes dynamics.json beside itself.

Regressions minimise the penalised likelihood with scipy's general minimiser; the calibration leaves out one member after the other.

Run with Debian's python3-scipy: /usr/bin/python3 dynamics.py
"""

import json
import pathlib

import numpy as np
from scipy import optimize, special, stats

random = np.random.default_rng(11)
PENALTY = 0.1


def proportion(count, trials):
    low = 0.0 if count == 0 else stats.beta.ppf(0.025, count, trials - count + 1)
    high = 1.0 if count == trials else stats.beta.ppf(0.975, count + 1, trials - count)
    return {"count": count, "trials": trials, "low": low, "high": high}


def fit(x, y):
    """Intercept first."""
    rows = np.hstack([np.ones((len(x), 1)), x])

    def loss(w):
        eta = rows @ w
        return np.sum(np.logaddexp(0, eta) - y * eta) + PENALTY / 2 * np.sum(w[1:] ** 2)

    def gradient(w):
        return rows.T @ (special.expit(rows @ w) - y) + PENALTY * np.concatenate([[0], w[1:]])

    found = optimize.minimize(loss, np.zeros(rows.shape[1]), jac=gradient, method="BFGS", options={"gtol": 1e-10, "maxiter": 10_000})
    # The minimiser stops where the loss can't tell any more; the equations of the minimum can.
    return optimize.root(gradient, found.x, tol=1e-13).x


def standardised(x, of):
    deviation = of.std(axis=0)
    return np.where(deviation == 0, 0, (x - of.mean(axis=0)) / np.where(deviation == 0, 1, deviation))


def sample(members, each, slopes, spread=1.0):
    member = np.repeat(np.arange(members), each)
    x = random.normal(0, spread, (members * each, len(slopes))) + random.normal(0, 0.5, (members, 1))[member]
    y = random.random(len(member)) < special.expit(x @ np.array(slopes) - 0.3)
    return member, x, y


def regression(member, x, y):
    scaled = standardised(x, x)
    coefficients = fit(scaled, y.astype(float))
    predicted, base = np.zeros(len(y)), np.zeros(len(y))
    for own in np.unique(member):
        seen, left = member != own, member == own
        w = fit(standardised(x[seen], x[seen]), y[seen].astype(float))
        predicted[left] = special.expit(w[0] + standardised(x[left], x[seen]) @ w[1:])
        base[left] = y[seen].mean()
    bins = np.minimum(4, (5 * predicted).astype(int))
    return {
        "member": member.tolist(), "predictors": x.tolist(), "outcomes": y.tolist(), "intercept": coefficients[0],
        "slopes": coefficients[1:].tolist(), "brier": np.mean((predicted - y) ** 2), "base_brier": np.mean((base - y) ** 2),
        "bins": [{"bin": int(b), "predicted": predicted[bins == b].mean(), "vanished": int(y[bins == b].sum()), "count": int((bins == b).sum())}
                 for b in np.unique(bins)],
    }


plain = sample(5, 12, [1.5, -0.7, 0.0])
member, x, _ = sample(4, 8, [1.0])
separable = (member, x, x[:, 0] > 0.1)
member, x, y = sample(3, 20, [2.0, 1.0], spread=100.0)
constant = (member, np.hstack([x, np.full((len(x), 1), 7.0)]), y)

document = {
    "proportions": [proportion(c, n) for c, n in [(0, 1), (1, 1), (0, 276), (276, 276), (3, 7), (1, 1000), (27, 171), (50, 100), (2, 100_000)]],
    "regressions": [regression(*plain), regression(*separable), regression(*constant)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
