#!/usr/bin/python3
"""Writes nn.json: what PyTorch computes for every function, module and optimizer that the stand-in offers.

Run with Debian's python3-torch: /usr/bin/python3 make_nn_fixtures.py. Every case has inputs, parameters, the output, the
weights that turn the output into a scalar, and the gradients of that scalar; optimizer cases have parameters over 20 steps.
"""
import json
import math
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

DTYPES = {"float32": torch.float32, "float64": torch.float64}


def plain(tensor):
    numbers = tensor.detach().reshape(-1)
    if tensor.dtype == torch.float32:
        values = [float(str(n)) for n in numbers.numpy()]
    else:
        values = numbers.tolist()
    return {"type": str(tensor.dtype).split(".")[1], "shape": list(tensor.shape), "values": values}


def draw(generator, *shape):
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def ints(*values):
    return torch.tensor(values, dtype=torch.int64)


def functions(g):
    """name -> (inputs, function of the inputs)."""
    x, y = draw(g, 3, 5), draw(g, 3, 5)
    target = ints(4, 0, 2)
    ignoring = ints(4, -100, 2)
    weight = draw(g, 5).abs()
    logp, logq = F.log_softmax(x, -1), F.log_softmax(y, -1)
    q, k, v = draw(g, 2, 4, 3), draw(g, 2, 4, 3), draw(g, 2, 4, 3)
    allowed = torch.tensor([[1, 0, 0, 1], [1, 1, 0, 0], [0, 0, 1, 0], [1, 1, 1, 1]], dtype=torch.bool)
    added = draw(g, 4, 4)

    def attention(q, k, v, mask=None):
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
        return F.softmax(scores, -1) @ v

    causal = torch.ones(4, 4, dtype=torch.bool).tril()
    one = {"x": x}
    return {
        "linear": ({"x": x, "w": draw(g, 4, 5), "b": draw(g, 4)}, lambda x, w, b: F.linear(x, w, b)),
        "linear_without_bias": ({"x": x, "w": draw(g, 4, 5)}, lambda x, w: F.linear(x, w)),
        "layer_norm": ({"x": x, "w": draw(g, 5), "b": draw(g, 5)}, lambda x, w, b: F.layer_norm(x, [5], w, b)),
        "layer_norm_plain": (one, lambda x: F.layer_norm(x, [3, 5], eps=1e-3)),
        "softmax": (one, lambda x: F.softmax(x, 1)),
        "softmax_first_dimension": (one, lambda x: F.softmax(x, 0)),
        "log_softmax": (one, lambda x: F.log_softmax(x, -1)),
        "silu": (one, F.silu),
        "gelu": (one, F.gelu),
        "gelu_tanh": (one, lambda x: F.gelu(x, approximate="tanh")),
        "relu": (one, F.relu),
        "sigmoid": (one, torch.sigmoid),
        "tanh": (one, torch.tanh),
        "softplus": ({"x": 15 * x}, F.softplus),
        "softplus_beta": (one, lambda x: F.softplus(x, beta=2.0, threshold=1.5)),
        "logsigmoid": ({"x": 30 * x}, F.logsigmoid),
        "cross_entropy": ({"x": x, "t": target}, F.cross_entropy),
        "cross_entropy_sum": ({"x": x, "t": target}, lambda x, t: F.cross_entropy(x, t, reduction="sum")),
        "cross_entropy_none": ({"x": x, "t": target}, lambda x, t: F.cross_entropy(x, t, reduction="none")),
        "cross_entropy_ignoring": ({"x": x, "t": ignoring}, F.cross_entropy),
        "cross_entropy_weighted": ({"x": x, "t": target, "w": weight}, lambda x, t, w: F.cross_entropy(x, t, w.detach())),
        "cross_entropy_smoothed": ({"x": x, "t": target}, lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1)),
        "nll_loss": ({"x": logp, "t": target}, F.nll_loss),
        "nll_loss_weighted_none": ({"x": logp, "t": target, "w": weight},
                                   lambda x, t, w: F.nll_loss(x, t, w.detach(), reduction="none")),
        "kl_div_log_target": ({"x": logp, "y": logq}, lambda x, y: F.kl_div(x, y, log_target=True, reduction="mean")),
        "kl_div_sum": ({"x": logp, "y": logq.exp()}, lambda x, y: F.kl_div(x, y, reduction="sum")),
        "mse_loss": ({"x": x, "y": y}, F.mse_loss),
        "mse_loss_none": ({"x": x, "y": y}, lambda x, y: F.mse_loss(x, y, reduction="none")),
        "binary_cross_entropy_with_logits": ({"x": 20 * x, "y": torch.sigmoid(y)}, F.binary_cross_entropy_with_logits),
        "binary_cross_entropy_with_logits_weighted": (
            {"x": x, "y": torch.sigmoid(y), "w": weight, "p": draw(g, 5).abs()},
            lambda x, y, w, p: F.binary_cross_entropy_with_logits(x, y, w.detach(), pos_weight=p.detach(), reduction="sum")),
        "one_hot": ({"t": target}, lambda t: F.one_hot(t, 6)),
        "one_hot_inferred": ({"t": target}, lambda t: F.one_hot(t)),
        "normalize": (one, F.normalize),
        "normalize_first_norm": (one, lambda x: F.normalize(x, p=1.0, dim=0)),
        "cosine_similarity": ({"x": x, "y": y}, F.cosine_similarity),
        "cosine_similarity_last": ({"x": q, "y": k}, lambda x, y: F.cosine_similarity(x, y, dim=-1)),
        "pad": (one, lambda x: F.pad(x, (1, 2, 0, 1), value=0.5)),
        "pad_pair": (one, lambda x: F.pad(x, (2, 0))),
        "pad_reflect": ({"x": q}, lambda x: F.pad(x, (1, 2), mode="reflect")),
        "attention": ({"q": q, "k": k, "v": v}, attention),
        "attention_causal": ({"q": q, "k": k, "v": v}, lambda q, k, v: attention(q, k, v, causal)),
        "attention_allowed": ({"q": q, "k": k, "v": v, "m": allowed}, attention),
        "attention_added": ({"q": q, "k": k, "v": v, "m": added}, attention),
    }


def modules(g, dtype):
    """name -> (module, inputs)."""
    x, y = draw(g, 3, 4).to(dtype), draw(g, 3, 4).to(dtype)
    tokens, target = ints(0, 3, 1, 3).reshape(2, 2), ints(0, 3, 2)
    scaling = nn.LayerNorm(4, eps=1e-6)
    with torch.no_grad():
        scaling.weight.copy_(draw(g, 4))
        scaling.bias.copy_(draw(g, 4))
    weight = torch.tensor([0.5, 1.0, 2.0, 0.25], dtype=dtype)
    return {
        "Linear": (nn.Linear(4, 3), {"x": x}),
        "Linear_without_bias": (nn.Linear(4, 2, bias=False), {"x": x}),
        "Embedding": (nn.Embedding(5, 3), {"t": tokens}),
        "Embedding_with_padding": (nn.Embedding(5, 3, padding_idx=3), {"t": tokens}),
        "LayerNorm": (scaling, {"x": x}),
        "LayerNorm_plain": (nn.LayerNorm([3, 4], elementwise_affine=False), {"x": x}),
        "Sequential": (nn.Sequential(nn.Linear(4, 6), nn.GELU(), nn.Linear(6, 2), nn.LogSoftmax(-1)), {"x": x}),
        "GELU": (nn.GELU(), {"x": x}),
        "GELU_tanh": (nn.GELU(approximate="tanh"), {"x": x}),
        "SiLU": (nn.SiLU(), {"x": x}),
        "ReLU": (nn.ReLU(), {"x": x}),
        "Sigmoid": (nn.Sigmoid(), {"x": x}),
        "Tanh": (nn.Tanh(), {"x": x}),
        "Softmax": (nn.Softmax(1), {"x": x}),
        "LogSoftmax": (nn.LogSoftmax(1), {"x": x}),
        "Identity": (nn.Identity(), {"x": x}),
        "Dropout_in_evaluation": (nn.Dropout(0.5).eval(), {"x": x}),
        "CrossEntropyLoss": (nn.CrossEntropyLoss(), {"x": x, "t": target}),
        "CrossEntropyLoss_ignoring": (nn.CrossEntropyLoss(ignore_index=3), {"x": x, "t": target}),
        "NLLLoss_weighted": (nn.NLLLoss(weight=weight), {"x": F.log_softmax(x, 1), "t": target}),
        "KLDivLoss": (nn.KLDivLoss(log_target=True, reduction="mean"), {"x": F.log_softmax(x, 1), "y": F.log_softmax(y, 1)}),
        "MSELoss_sum": (nn.MSELoss(reduction="sum"), {"x": x, "y": y}),
        "BCEWithLogitsLoss": (nn.BCEWithLogitsLoss(pos_weight=weight), {"x": x, "y": torch.sigmoid(y)}),
    }


def differentiated(name, kind, inputs, parameters, compute, g):
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items() if value.is_floating_point()}
    output = compute(*{**inputs, **leaves}.values())
    case = {"name": name, "inputs": {key: plain(value) for key, value in inputs.items()},
            "parameters": {key: plain(value) for key, value in parameters.items()}, "output": plain(output)}
    if output.requires_grad:
        weights = draw(g, *output.shape).to(output.dtype)
        (output * weights).sum().backward()
        every = {**leaves, **parameters}
        case["weights"] = plain(weights)
        case["gradients"] = {key: plain(value.grad) for key, value in every.items() if value.grad is not None}
    return kind, case


def layers():
    for label, dtype in DTYPES.items():
        g = torch.Generator().manual_seed(7)
        for name, (inputs, compute) in functions(g).items():
            inputs = {key: value.to(dtype) if value.is_floating_point() else value for key, value in inputs.items()}
            yield differentiated(f"{name}/{label}", "functions", inputs, {}, compute, g)
        torch.manual_seed(11)
        for name, (module, inputs) in modules(g, dtype).items():
            module = module.to(dtype)
            yield differentiated(f"{name}/{label}", "modules", inputs, dict(module.named_parameters()), module, g)


def drawn():
    """Random first values after torch.manual_seed(0)."""
    def empty(fill):
        return lambda: [fill(torch.empty(6, 4))]

    recipes = {
        "Linear": lambda: list(nn.Linear(4, 3).parameters()),
        "Linear_without_bias": lambda: list(nn.Linear(4, 3, bias=False).parameters()),
        "Embedding": lambda: list(nn.Embedding(5, 3, padding_idx=1).parameters()),
        "LayerNorm": lambda: list(nn.LayerNorm(4).parameters()),
        "two_layers": lambda: list(nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2)).parameters()),
        "uniform_": empty(lambda t: nn.init.uniform_(t, -2, 3)),
        "normal_": empty(lambda t: nn.init.normal_(t, 1, 0.5)),
        "constant_": empty(lambda t: nn.init.constant_(t, 1.5)),
        "ones_": empty(nn.init.ones_),
        "zeros_": empty(nn.init.zeros_),
        "xavier_uniform_": empty(lambda t: nn.init.xavier_uniform_(t, gain=2)),
        "xavier_normal_": empty(nn.init.xavier_normal_),
        "kaiming_uniform_": empty(lambda t: nn.init.kaiming_uniform_(t, a=math.sqrt(5))),
        "kaiming_uniform_relu_fan_out": empty(lambda t: nn.init.kaiming_uniform_(t, mode="fan_out", nonlinearity="relu")),
        "kaiming_normal_": empty(nn.init.kaiming_normal_),
        "trunc_normal_": empty(lambda t: nn.init.trunc_normal_(t, mean=0.1, std=0.5, a=-0.4, b=0.6)),
    }
    for name, make in recipes.items():
        torch.manual_seed(0)
        yield "drawn", {"name": name, "values": [plain(value) for value in make()]}


STEPS = 20


def warmup(epoch):
    return min(1.0, (epoch + 1) / 5)


def trained():
    """Least squares over 20 steps; parameters after steps 1, 2, 5, 10 and 20."""
    o, s = torch.optim, torch.optim.lr_scheduler
    both = lambda make: lambda w, b: (make([w, b]), None, None)
    recipes = {
        "AdamW": both(lambda p: o.AdamW(p, lr=0.05, weight_decay=0.1)),
        "AdamW_without_decay": both(lambda p: o.AdamW(p, lr=0.05, weight_decay=0.0)),
        "AdamW_amsgrad": both(lambda p: o.AdamW(p, lr=0.1, betas=(0.8, 0.9), weight_decay=0.01, amsgrad=True)),
        "AdamW_maximize": both(lambda p: o.AdamW(p, lr=0.01, weight_decay=0.01, maximize=True)),
        "Adam": both(lambda p: o.Adam(p, lr=0.05)),
        "Adam_with_decay": both(lambda p: o.Adam(p, lr=0.05, weight_decay=0.1, eps=1e-6)),
        "SGD": both(lambda p: o.SGD(p, lr=0.05)),
        "SGD_momentum": both(lambda p: o.SGD(p, lr=0.02, momentum=0.9, dampening=0.1, weight_decay=0.05)),
        "SGD_nesterov": both(lambda p: o.SGD(p, lr=0.02, momentum=0.9, nesterov=True)),
        "SGD_maximize": both(lambda p: o.SGD(p, lr=0.001, momentum=0.9, maximize=True)),
        "AdamW_groups": lambda w, b: (o.AdamW([{"params": [w]}, {"params": [b], "lr": 0.2, "weight_decay": 0.0}],
                                              lr=0.05, weight_decay=0.1), None, None),
        "AdamW_warmup": lambda w, b: (lambda opt: (opt, s.LambdaLR(opt, warmup), None))(o.AdamW([w, b], lr=0.1, weight_decay=0.1)),
        "SGD_linear": lambda w, b: (lambda opt: (opt, s.LinearLR(opt, start_factor=0.25, total_iters=8), None))(o.SGD([w, b], lr=0.05)),
        "SGD_cosine": lambda w, b: (lambda opt: (opt, s.CosineAnnealingLR(opt, T_max=6, eta_min=0.001), None))(o.SGD([w, b], lr=0.05)),
        "AdamW_clipped": lambda w, b: (o.AdamW([w, b], lr=0.05, weight_decay=0.1), None, 0.5),
    }
    for label, dtype in DTYPES.items():
        for name, make in recipes.items():
            g = torch.Generator().manual_seed(3)
            x, y = draw(g, 6, 4).to(dtype), draw(g, 6, 3).to(dtype)
            w, b = draw(g, 3, 4).to(dtype).requires_grad_(), draw(g, 3).to(dtype).requires_grad_()
            case = {"name": f"{name}/{label}", "x": plain(x), "y": plain(y), "start": [plain(w), plain(b)], "after": {}, "rates": [],
                    "norms": []}
            optimizer, schedule, clip = make(w, b)
            for step in range(1, STEPS + 1):
                optimizer.zero_grad()
                ((x @ w.t() + b - y) ** 2).mean().backward()
                if clip is not None:
                    case["norms"].append(float(nn.utils.clip_grad_norm_([w, b], clip)))
                case["rates"].append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                if schedule is not None:
                    schedule.step()
                if step in (1, 2, 5, 10, STEPS):
                    case["after"][str(step)] = [plain(w), plain(b)]
            yield "trained", case


def main():
    cases = {"torch": torch.__version__, "functions": [], "modules": [], "drawn": [], "trained": []}
    for source in (layers(), drawn(), trained()):
        for kind, case in source:
            cases[kind].append(case)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nn.json")
    with open(path + ".part", "w", encoding="utf-8") as out:
        out.write("{\n")
        for number, (kind, value) in enumerate(cases.items()):
            out.write(",\n" if number else "")
            if isinstance(value, str):
                out.write(f"{json.dumps(kind)}: {json.dumps(value)}")
                continue
            lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in value)
            out.write(f"{json.dumps(kind)}: [\n{lines}\n]")
        out.write("\n}\n")
    os.replace(path + ".part", path)


main()
