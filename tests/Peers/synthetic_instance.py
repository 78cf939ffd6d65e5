"""The peer of `unlearn bench synthetic`: one instance of the synthetic experiment in plain PyTorch, timed for each line on stdin.

Reads "run SEED", draws a world, trains both reference models and unlearns with twelve methods, full batch and automatic gradients in every
step, one model after the other, measuring every 25 steps; features are computed once for training and anew in every step of unlearning, as
straightforward code does. Answers "PROCESSOR_SECONDS FORGET RETAIN", the two distances of NPO+RT at the end.
Arguments: alpha, training steps, unlearning steps, threads. The world's law is the library's; its draws are not.
"""
import sys
import time

import torch
import torch.nn.functional as F

alpha, train_steps, unlearn_steps = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(int(sys.argv[4]))
torch.set_default_dtype(torch.float64)
D, N, RETAIN, FORGET, EVALUATE, EVERY = 16, 128, 1000, 200, 1000, 25
GA_RATE, RATE, NPO_BETA, DPO_BETA = (5e-4, 5e-3, 1.0, 0.1) if alpha == 1 else (1e-4, 5e-2, 10.0, 5.0)


def draw(count, sign):
    z = torch.randn(count, D)
    ones = torch.bernoulli(torch.sigmoid(sign * (z.sum(-1) / D**0.5 + 1)))
    return sign * alpha + z, ones


class Model:
    """Two-class log-probabilities of a random-feature model."""

    def __init__(self, weights, theta=None):
        self.weights = weights
        self.theta = (torch.zeros(N) if theta is None else theta.clone()).requires_grad_()

    def log_probabilities(self, x):
        logit = torch.relu(x @ self.weights.T) @ self.theta
        return torch.log_softmax(torch.stack([torch.zeros_like(logit), logit], -1), -1)

    def log_p(self, x, y):
        return self.log_probabilities(x).gather(-1, y.long()[:, None])[:, 0]

    def descend(self, loss, rate):
        self.theta.grad = None
        loss.backward()
        with torch.no_grad():
            self.theta -= rate * self.theta.grad


def kl(p, q):
    return (p.exp() * (p - q)).sum(-1).mean()


def train(weights, x, y):
    model, features = Model(weights), torch.relu(x @ weights.T)
    for _ in range(train_steps):
        model.descend(F.binary_cross_entropy_with_logits(features @ model.theta, y), 0.05)
    return model


def instance():
    weights = torch.randn(N, D) / D**0.5
    (xr, yr), (xf, yf) = draw(RETAIN, -1), draw(FORGET, +1)
    yi = torch.bernoulli(torch.full((FORGET,), 0.5))
    (er, _), (ef, _) = draw(EVALUATE, -1), draw(EVALUATE, +1)
    reference, retrained = train(weights, torch.cat([xr, xf]), torch.cat([yr, yf])), train(weights, xr, yr)

    def ratio(m, y):
        with torch.no_grad():
            before = reference.log_p(xf, y)
        return m.log_p(xf, y) - before

    def retain_kl(m, x):
        with torch.no_grad():
            before = reference.log_probabilities(x)
        return kl(before, m.log_probabilities(x))

    ga = lambda m: m.log_p(xf, yf).mean()
    rt = lambda m: -m.log_p(xr, yr).mean()
    kr = lambda m: retain_kl(m, xr)
    npo = lambda m: -2 / NPO_BETA * F.logsigmoid(-NPO_BETA * ratio(m, yf)).mean()
    dpo = lambda m: -2 / DPO_BETA * F.logsigmoid(DPO_BETA * (ratio(m, yi) - ratio(m, yf))).mean()

    def kto(m):
        with torch.no_grad():
            z = kl(m.log_probabilities(xf), reference.log_probabilities(xf))
        return -2 / NPO_BETA * F.logsigmoid(NPO_BETA * (z - ratio(m, yf))).mean()

    methods = [
        (GA_RATE, [ga]), (GA_RATE, [ga, rt]), (GA_RATE, [ga, kr]), (GA_RATE, [lambda m: -m.log_p(xf, yi).mean(), rt]),
        (RATE, [npo]), (RATE, [npo, kr]), (RATE, [dpo]), (RATE, [dpo, rt]), (RATE, [dpo, kr]), (RATE, [kto]),
        (GA_RATE, [ga, rt, lambda m: 2 * retain_kl(m, xf)]), (RATE, [npo, rt]),
    ]
    for rate, terms in methods:
        model = Model(weights, reference.theta.detach())
        for step in range(unlearn_steps + 1):
            if step % EVERY == 0 or step == unlearn_steps:
                with torch.no_grad():
                    forget, retain = (kl(retrained.log_probabilities(e), model.log_probabilities(e)).item() for e in (ef, er))
                    kl(reference.log_probabilities(ef), model.log_probabilities(ef)).item()
            if step < unlearn_steps:
                model.descend(sum(term(model) for term in terms), rate)
    return forget, retain


print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    torch.manual_seed(int(line.split()[1]))
    start = time.process_time()
    forget, retain = instance()
    print(time.process_time() - start, forget, retain, flush=True)
