"""Writes llama.json: a tiny Llama in plain PyTorch, written apart from the library after Hugging Face's conventions.

Run with Debian's PyTorch:  /usr/bin/python3 make_llama.py > llama.json
Weights are a fixed formula of their index, so the fixture holds only ids, logits, a loss and a few gradients.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
CASES = {
    "grouped": dict(V=11, C=8, L=2, H=4, K=2, M=12, theta=10000.0, eps=1e-5, tied=True),
    "untied": dict(V=7, C=12, L=1, H=3, K=3, M=10, theta=100.0, eps=1e-6, tied=False),
}


def weight(seed, *shape):
    n = math.prod(shape)
    return torch.tensor([math.sin(12.9898 * (k + 1) + 78.233 * seed) * 0.4 for k in range(n)]).view(*shape).requires_grad_()


def norm(x, w, eps):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + eps) * w


def rotate(x, theta):                                  # [B, heads, T, D], halves apart
    D, T = x.shape[-1], x.shape[-2]
    inverse = 1.0 / theta ** (torch.arange(0, D, 2) / D)
    angles = torch.outer(torch.arange(T), inverse)
    cos, sin = torch.cat([angles, angles], -1).cos(), torch.cat([angles, angles], -1).sin()
    half = torch.cat([-x[..., D // 2:], x[..., : D // 2]], -1)
    return x * cos + half * sin


def forward(p, ids, c):
    B, T, C, H, K = *ids.shape, c["C"], c["H"], c["K"]
    D = C // H
    x = p["model.embed_tokens.weight"][ids]
    for l in range(c["L"]):
        g = lambda name: p[f"model.layers.{l}.{name}.weight"]
        h = norm(x, g("input_layernorm"), c["eps"])
        q = rotate((h @ g("self_attn.q_proj").T).view(B, T, H, D).transpose(1, 2), c["theta"])
        k = rotate((h @ g("self_attn.k_proj").T).view(B, T, K, D).transpose(1, 2), c["theta"])
        v = (h @ g("self_attn.v_proj").T).view(B, T, K, D).transpose(1, 2)
        k, v = k.repeat_interleave(H // K, 1), v.repeat_interleave(H // K, 1)
        scores = q @ k.transpose(-2, -1) / math.sqrt(D)
        scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -math.inf)
        x = x + (scores.softmax(-1) @ v).transpose(1, 2).reshape(B, T, C) @ g("self_attn.o_proj").T
        h = norm(x, g("post_attention_layernorm"), c["eps"])
        x = x + (F.silu(h @ g("mlp.gate_proj").T) * (h @ g("mlp.up_proj").T)) @ g("mlp.down_proj").T
    x = norm(x, p["model.norm.weight"], c["eps"])
    return x @ p["model.embed_tokens.weight" if c["tied"] else "lm_head.weight"].T


def names(c):
    C, kv, M = c["C"], c["C"] // c["H"] * c["K"], c["M"]
    yield "model.embed_tokens.weight", (c["V"], C)
    for l in range(c["L"]):
        yield f"model.layers.{l}.input_layernorm.weight", (C,)
        yield f"model.layers.{l}.post_attention_layernorm.weight", (C,)
        for name, rows, columns in [("self_attn.q_proj", C, C), ("self_attn.k_proj", kv, C), ("self_attn.v_proj", kv, C),
                                    ("self_attn.o_proj", C, C), ("mlp.gate_proj", M, C), ("mlp.up_proj", M, C), ("mlp.down_proj", C, M)]:
            yield f"model.layers.{l}.{name}.weight", (rows, columns)
    yield "model.norm.weight", (C,)
    if not c["tied"]:
        yield "lm_head.weight", (c["V"], C)


def case(c):
    p = {name: weight(seed, *shape) for seed, (name, shape) in enumerate(names(c))}
    ids = torch.tensor([[1, 5, 2, 0, 3], [4, 4, 6, 1, 2]])
    logits = forward(p, ids[:, :-1], c)
    loss = F.cross_entropy(logits.reshape(-1, c["V"]), ids[:, 1:].reshape(-1))
    loss.backward()
    return dict(
        shape=c, ids=ids.tolist(), parameters={name: list(shape) for name, shape in names(c)},
        logits=logits.flatten().tolist(), loss=loss.item(), gradient_sums={name: t.grad.abs().sum().item() for name, t in p.items()})


print(json.dumps({name: case(c) for name, c in CASES.items()}, indent=None))
