"""Losses of dialogue unlearning in plain PyTorch, float64, with their gradients by the logits: writes dialogue_losses.json beside itself.

Formulas are written out token by token, without batches, masks or padding. Run with Debian's python3-torch.
"""
import json
import math
import pathlib

import torch

R, T, V, D, SPECIAL = 10, 5, 6, 4, 5
ROWS = [  # prompt length, ids after the row's own first token
    (2, [0, 3, 1, 5]), (2, [0, 0, 5]),                                             # to forget
    (2, [0, 2, 5]), (2, [0, 2, 4, 5]),                                             # expected
    (2, [0, 4, 0, 5]), (1, [1, 5]),                                                # ordinary
    (2, [0, 4, 0, 5]), (2, [0, 1, 5]), (2, [0, 1, 5]), (2, [0, 4, 0, 5]),    # two mismatches a row to forget
]
FORGET, EXPECTED, ORDINARY, MISMATCH = [0, 1], [2, 3], [4, 5], [6, 7, 8, 9]


def table(first):
    return torch.tensor([[[2 * math.sin(0.7 * (r + first) + 0.9 * t + 1.7 * v + 0.31 * (r + first) * v) for v in range(V)]
                          for t in range(T)] for r in range(R)], dtype=torch.float64)


def answer(r):
    """(position, target) of every answer token, the end included."""
    prompt, rest = ROWS[r]
    ids = [None] + rest
    return [(t, ids[t + 1]) for t in range(prompt - 1, len(ids) - 1)]


embedding = torch.tensor([[math.cos(0.3 * v + 1.1 * d + 0.5 * v * d) for d in range(D)] for v in range(V)], dtype=torch.float64)
centred = embedding - embedding[[v for v in range(V) if v != SPECIAL]].mean(0)
unit = centred / centred.norm(dim=1, keepdim=True)


def phi(r):
    return torch.stack([unit[y] for _, y in answer(r)]).mean(0)


def soft(z, r, t, temperature=1.0):
    return torch.softmax(z[r, t] / temperature, 0) @ unit


def similarity(v, u, normalised=True):
    dot = v @ (u / u.norm())
    return dot / torch.clamp(v.norm(), min=0.05) if normalised else dot


def mean(values):
    return torch.stack(list(values)).mean(0)


def distance(z, margin=0.9, normalised=True, temperature=1.0):
    return mean(mean(torch.relu(margin - (1 - similarity(soft(z, r, t, temperature), unit[y], normalised)))
                     for t, y in answer(r)) for r in FORGET)


def sequence(z, margin=0.9, normalised=True, temperature=1.0):
    return mean(torch.relu(margin - (1 - similarity(mean(soft(z, r, t, temperature) for t, _ in answer(r)), phi(r), normalised)))
                for r in FORGET)


def hidden(z, known, margin=0.9):
    return mean(mean(torch.relu(margin - (1 - similarity(z[r, t], known[r, t]))) for t, _ in answer(r)) for r in FORGET)


def entropy(z, r):
    """C(x, y) and |y|."""
    tokens = [-torch.log_softmax(z[r, t], 0)[y] for t, y in answer(r)]
    return torch.stack(tokens).sum(), len(tokens)


def cluster(z, rho):
    mu = mean(phi(r) for r in EXPECTED)
    centroid = mean(1 - similarity(mean(soft(z, r, t) for t, _ in answer(r)), mu) for r in EXPECTED)
    return centroid + rho * mean(entropy(z, r)[0] / entropy(z, r)[1] for r in EXPECTED)


def unlikelihood(z):
    return mean(mean(-torch.log(1 - torch.softmax(z[r, t], 0)[y]) for t, y in answer(r)) for r in FORGET)


def divergence(z, known, r):
    tokens = [(torch.softmax(known[r, t], 0) * (torch.log_softmax(known[r, t], 0) - torch.log_softmax(z[r, t], 0))).sum()
              for t, _ in answer(r)]
    return torch.stack(tokens).sum(), len(tokens)


def reduced(pairs, how):
    sums, counts = [c for c, _ in pairs], [n for _, n in pairs]
    if how == "Sum":
        return torch.stack(sums).sum()
    if how == "TokenMeans":
        return mean(c / n for c, n in pairs)
    return torch.stack(sums).sum() / sum(counts)


known = table(10)
losses = {
    "tok": distance,
    "tok raw": lambda z: distance(z, 1.5, False, 2.0),
    "seq": lambda z: sequence(z, 2.0),
    "seq raw": lambda z: sequence(z, 1.8, False, 1.5),
    "hidden": lambda z: hidden(z, known),
    "cluster": lambda z: cluster(z, 0.5),
    "centroid": lambda z: cluster(z, 0.0),
    "unlikelihood": unlikelihood,
}
for how in ["Sum", "TokenMeans", "Pooled"]:
    losses[f"forget {how}"] = lambda z, how=how: -reduced([entropy(z, r) for r in FORGET], how)
    losses[f"mismatch {how}"] = lambda z, how=how: reduced([entropy(z, r) for r in MISMATCH], how) / (2 if how == "Sum" else 1)
    losses[f"normal {how}"] = lambda z, how=how: reduced([divergence(z, known, r) for r in ORDINARY], how)
losses["ours-tok"] = lambda z: distance(z) + cluster(z, 0.5) + 3 * losses["normal Pooled"](z)
losses["llmu"] = lambda z: 0.5 * losses["forget TokenMeans"](z) + losses["mismatch TokenMeans"](z) + losses["normal TokenMeans"](z)

result = {}
for name, loss in losses.items():
    z = table(0).requires_grad_()
    value = loss(z)
    value.backward()
    result[name] = {"value": value.item(), "gradient": z.grad.flatten().tolist()}
pathlib.Path(__file__).with_name("dialogue_losses.json").write_text(json.dumps(result, indent=0) + "\n", encoding="utf-8")
