"""Makes synthetic.json: one tiny instance of the synthetic experiment with data from sines, worked out by PyTorch's automatic gradients.

Everything is written here as the paper says it, from two-class log-softmax probabilities, and nothing is shared with the library.
The Theorem 2 recursion is summed in plain Python.

    /usr/bin/python3 make_synthetic.py > synthetic.json
"""
import json
import math

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
D, N = 4, 8


def grid(rows, f):
    return torch.tensor([[f(i + 1, j + 1) for j in range(D)] for i in range(rows)])


W = grid(N, lambda k, j: math.cos(0.9 * k + 1.7 * j) / 2)
Xr = grid(12, lambda i, j: math.sin(1.3 * i * j + 0.7) - 0.5)
Xf = grid(6, lambda i, j: math.sin(2.1 * i * j + 0.3) + 0.5)
Er = grid(5, lambda i, j: math.sin(0.8 * i * j + 1.1) - 0.5)
Ef = grid(5, lambda i, j: math.sin(1.6 * i * j + 0.9) + 0.5)
yr = torch.tensor([0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1])
yf = torch.tensor([1, 1, 0, 1, 1, 0])
yi = torch.tensor([0, 1, 1, 0, 1, 0])


def log_probabilities(theta, X):
    h = torch.relu(X @ W.T) @ theta
    return torch.log_softmax(torch.stack([torch.zeros_like(h), h], -1), -1)


def log_p(theta, X, y):
    return log_probabilities(theta, X).gather(-1, y[:, None])[:, 0]


def kl(a, b, X):
    p, q = log_probabilities(a, X), log_probabilities(b, X)
    return (p.exp() * (p - q)).sum(-1).mean()


def descend(theta, loss, rate, steps):
    for _ in range(steps):
        theta = theta.detach().requires_grad_()
        theta = theta - rate * torch.autograd.grad(loss(theta), theta)[0]
    return theta.detach()


def cross_entropy(theta, X, y):
    return -log_p(theta, X, y).mean()


zero = torch.zeros(N)
ref = descend(zero, lambda t: cross_entropy(t, torch.cat([Xr, Xf]), torch.cat([yr, yf])), 0.05, 500)
retr = descend(zero, lambda t: cross_entropy(t, Xr, yr), 0.05, 500)
star = ref + 0.1 * torch.cos(torch.arange(1.0, N + 1))

ratio = lambda t, y: log_p(t, Xf, y) - log_p(ref, Xf, y)
log_sigmoid = torch.nn.functional.logsigmoid
GA = lambda t: log_p(t, Xf, yf).mean()
RT = lambda t: cross_entropy(t, Xr, yr)
IDK = lambda t: cross_entropy(t, Xf, yi)
KL_R = lambda t: kl(ref, t, Xr)
KL_F = lambda t: kl(ref, t, Xf)
NPO = lambda b: lambda t: -2 / b * log_sigmoid(-b * ratio(t, yf)).mean()
DPO = lambda b: lambda t: -2 / b * log_sigmoid(b * (ratio(t, yi) - ratio(t, yf))).mean()
KTO = lambda b: lambda t: -2 / b * log_sigmoid(b * (kl(t, ref, Xf).detach() - ratio(t, yf))).mean()
plus = lambda *terms: lambda t: sum(term(t) for term in terms)

losses = {"GA": GA, "RT": RT, "IDK": IDK, "KL_R": KL_R, "KL_F": KL_F}
for beta in (0.1, 1.0, 10.0):
    losses.update({f"NPO {beta:g}": NPO(beta), f"DPO {beta:g}": DPO(beta), f"KTO {beta:g}": KTO(beta)})

methods = {
    "GA": GA, "GA+RT": plus(GA, RT), "GA+KL": plus(GA, KL_R), "IDK+RT": plus(IDK, RT),
    "NPO": NPO(1.0), "NPO+RT": plus(NPO(1.0), RT), "NPO+KL": plus(NPO(1.0), KL_R),
    "DPO": DPO(0.1), "DPO+RT": plus(DPO(0.1), RT), "DPO+KL": plus(DPO(0.1), KL_R), "KTO": KTO(1.0),
    "GA+RT+2FGKL": lambda t: GA(t) + RT(t) + 2 * KL_F(t),
}


def distances(theta):
    return [float(v) for v in (kl(retr, theta, Ef), kl(retr, theta, Er), kl(ref, theta, Ef), kl(ref, theta, Er), (theta - ref).norm())]


def gradient(loss):
    t = star.clone().requires_grad_()
    return torch.autograd.grad(loss(t), t)[0].tolist()


def toy(beta, steps):
    b, norms = 0.0, {}
    for t in range(1, max(steps) + 1):
        weight = 1 if beta is None else 2 / (1 + math.exp(-beta * (-math.log1p(math.exp(-b)) - math.log(0.5))))
        b -= weight / (1 + math.exp(b)) / 8
        if t in steps:
            norms[t] = math.sqrt(8) * abs(b)
    return [norms[t] for t in steps]


steps = [1, 10, 100, 1000, 10000, 100000]
runs = {}
for name, loss in methods.items():
    half = descend(ref, loss, 0.05, 50)
    end = descend(half, loss, 0.05, 50)
    runs[name] = {"theta": end.tolist(), "distances": {"0": distances(ref), "50": distances(half), "100": distances(end)}}
r = ratio(star, yf)
print(json.dumps({
    "W": W.flatten().tolist(), "Xr": Xr.flatten().tolist(), "Xf": Xf.flatten().tolist(),
    "Er": Er.flatten().tolist(), "Ef": Ef.flatten().tolist(),
    "yr": yr.tolist(), "yf": yf.tolist(), "yi": yi.tolist(),
    "theta_ref": ref.tolist(), "theta_retr": retr.tolist(), "theta_star": star.tolist(),
    "losses": {name: float(loss(star)) for name, loss in losses.items()},
    "npo_weights": (2 * torch.sigmoid(r)).tolist(), "npo_gradient": gradient(NPO(1.0)),
    "distances_at_star": distances(star), "runs": runs,
    "toy": {"t": steps, **{"GA" if b is None else f"{b:g}": toy(b, steps) for b in (None, 0.1, 0.5, 1.0, 2.0)}},
}, indent=1))
