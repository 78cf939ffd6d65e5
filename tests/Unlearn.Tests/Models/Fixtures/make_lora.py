"""Writes lora.json: one linear layer with an adapter in plain PyTorch, float64.

    /usr/bin/python3 make_lora.py > lora.json

y = x W^T + b + s (x A^T) B^T with s = alpha / r, and s = alpha / sqrt(r) for the rank-stabilised variant; the loss is sum(y * c).
"""
import json
import math

import torch

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def case(rank, alpha, stabilised):
    x, weight, bias = torch.randn(2, 4, 6), torch.randn(5, 6), torch.randn(5)
    down, up, c = torch.randn(rank, 6, requires_grad=True), torch.randn(5, rank, requires_grad=True), torch.randn(2, 4, 5)
    scale = alpha / (math.sqrt(rank) if stabilised else rank)
    y = torch.nn.functional.linear(x, weight, bias) + scale * torch.nn.functional.linear(torch.nn.functional.linear(x, down), up)
    (y * c).sum().backward()
    return {"rank": rank, "alpha": alpha, "stabilised": stabilised,
            **{name: value.detach().flatten().tolist() for name, value in {
                "x": x, "weight": weight, "bias": bias, "A": down, "B": up, "c": c, "y": y, "A_gradient": down.grad,
                "B_gradient": up.grad, "merged": weight + scale * up @ down}.items()}}


print(json.dumps([case(3, 12.0, False), case(2, 5.0, True)], indent=1))
