"""Logistic regression on made-up sparse rows, by scipy: python3 make_logistic.py > logistic.json"""
import json
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

rng = np.random.default_rng(7)
n, d, penalty = 60, 9, 0.003
x = np.where(rng.random((n, d)) < 0.4, rng.normal(size=(n, d)).round(3), 0)
y = (rng.random(n) < expit(x @ rng.normal(size=d) * 2 + 0.5)).astype(int)
c = rng.uniform(0.2, 3, n).round(3)
sign = 2 * y - 1


def loss(w):
    margin = sign * (x @ w[:-1] + w[-1])
    g = -(c / c.sum()) * sign * expit(-margin)
    value = np.sum(c / c.sum() * np.logaddexp(0, -margin)) + penalty / 2 * w[:-1] @ w[:-1]
    return value, np.append(x.T @ g + penalty * w[:-1], g.sum())


best = minimize(loss, np.zeros(d + 1), jac=True, method="BFGS", options={"gtol": 1e-13, "maxiter": 10000})
print(json.dumps({
    "x": x.tolist(), "y": y.tolist(), "c": c.tolist(), "penalty": penalty,
    "w": best.x.tolist(), "p": expit(x @ best.x[:-1] + best.x[-1]).tolist(), "gradient": float(abs(loss(best.x)[1]).max()),
}))
