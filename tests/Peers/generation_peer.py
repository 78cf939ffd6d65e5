"""The peer of `unlearn bench generation`: alternates sampled the way AltPO's script does it, in plain PyTorch.

Hugging Face's generate with a batch of one: prompts one after another, each sampled K times one after another, a key-value cache within an
answer, top-k and top-p by sorting all logits, one draw a token. Prompts are tokenised beforehand and texts are not decoded, which both
count for this side.

Arguments: MODEL_FOLDER PROMPTS_JSON THREADS. For each line on stdin generates once and answers SECONDS TOKENS.
"""
import json
import pathlib
import sys
import time

import torch

from llama_peer import W, forward

torch.set_num_threads(int(sys.argv[3]))
torch.set_grad_enabled(False)


def draw(logits, top_k, top_p, temperature):
    logits = logits / temperature
    if top_k:
        logits = logits.masked_fill(logits < logits.topk(top_k).values[..., -1, None], -float("inf"))
    if top_p and top_p < 1:
        ordered, order = logits.sort()
        remove = ordered.softmax(-1).cumsum(-1) <= 1 - top_p
        remove[..., -1] = False
        logits = logits.masked_fill(remove.scatter(-1, order, remove), -float("inf"))
    return torch.multinomial(logits.softmax(-1), 1)


def generate(data):
    tokens = 0
    for prompt in data["prompts"]:
        for _ in range(data["samples"]):
            ids, cache = torch.tensor([prompt]), None
            attention = torch.ones_like(ids)
            positions = torch.arange(len(prompt)).unsqueeze(0)
            for _ in range(data["limit"]):
                logits, cache = forward(ids, attention, positions, cache)
                ids = draw(logits[:, -1], data["top_k"], data["top_p"], data["temperature"])
                if ids.item() == data["end"]:
                    break
                tokens += 1
                positions = positions[:, -1:] + 1
                attention = torch.cat([attention, attention.new_ones(1, 1)], 1)
    return tokens


data = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
torch.manual_seed(0)
print("ready", torch.__version__, sum(w.numel() for w in W.values()), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    count = generate(data)
    print(time.perf_counter() - start, count, flush=True)
