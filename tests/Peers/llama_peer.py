"""A Llama-shaped model in plain PyTorch, for peers whose first argument is a model folder: W, its weights, and forward()."""
import json
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(sys.argv[1])
CONFIG = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
C, H, K = CONFIG["hidden_size"], CONFIG["num_attention_heads"], CONFIG["num_key_value_heads"]
D, EPSILON = C // H, CONFIG["rms_norm_eps"]


def weights():
    data = (FOLDER / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), bytearray(data[8 + size:])
    return {name: torch.frombuffer(body[slice(*entry["data_offsets"])], dtype=torch.float32).view(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


W = weights()
HEAD = W.get("lm_head.weight", W["model.embed_tokens.weight"])
FREQUENCIES = CONFIG.get("rope_theta", 10000.0) ** (-torch.arange(0, D, 2, dtype=torch.float64) / D)


def norm(x, name):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * W[name]


def rotate(x, positions):
    angles = (positions.double().unsqueeze(-1) * FREQUENCIES).unsqueeze(1)                  # [B, 1, T, D/2]
    cos, sin = angles.cos().float(), angles.sin().float()
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def forward(ids, attention, positions, cache=None):
    """[B, T] ids, [B, S] attention (1 where a token is real) -> [B, T, V] logits and the cache."""
    b, t = ids.shape
    s = attention.shape[1]
    causal = torch.ones(t, s, dtype=torch.bool).tril(s - t)
    mask = torch.zeros(b, 1, t, s).masked_fill(~(causal & attention.bool().view(b, 1, 1, s)), torch.finfo(torch.float32).min)
    x, caches = F.embedding(ids, W["model.embed_tokens.weight"]), []
    for layer in range(CONFIG["num_hidden_layers"]):
        p = f"model.layers.{layer}."
        h = norm(x, p + "input_layernorm.weight")
        q, k, v = (F.linear(h, W[f"{p}self_attn.{n}_proj.weight"]).view(b, t, -1, D).transpose(1, 2) for n in "qkv")
        q, k = rotate(q, positions), rotate(k, positions)
        if cache is not None:
            k, v = torch.cat([cache[layer][0], k], 2), torch.cat([cache[layer][1], v], 2)
        caches.append((k, v))
        k, v = k.repeat_interleave(H // K, 1), v.repeat_interleave(H // K, 1)
        mixed = (q @ k.transpose(-2, -1) / D ** 0.5 + mask).softmax(-1) @ v
        x = x + F.linear(mixed.transpose(1, 2).reshape(b, t, C), W[p + "self_attn.o_proj.weight"])
        h = norm(x, p + "post_attention_layernorm.weight")
        gate, up = (F.linear(h, W[f"{p}mlp.{n}_proj.weight"]) for n in ("gate", "up"))
        x = x + F.linear(F.silu(gate) * up, W[p + "mlp.down_proj.weight"])
    return F.linear(norm(x, "model.norm.weight"), HEAD), caches
