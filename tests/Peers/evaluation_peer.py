"""The peer of `unlearn bench evaluation`: TOFU's evaluation of a Llama-shaped model in plain PyTorch, the way the authors' script does it.

Every answer is a row of its own, filled up to 200 tokens; true answers, paraphrases and perturbed answers take separate forward passes
(batches of 30, 7 and 7 × 5 rows) with logits for every position; a batch of 30 generates with a key-value cache, filled up on the left,
until its last row has ended. Rows are tokenised beforehand and no ROUGE is computed, which both count for this side.

Arguments: MODEL_FOLDER ROWS_JSON THREADS. For each line on stdin, a path, evaluates and writes {"losses", "generated"} there, then
answers SECONDS.
"""
import json
import pathlib
import sys
import time

import torch
import torch.nn.functional as F

from llama_peer import W, forward

ROWS, THREADS = sys.argv[2], int(sys.argv[3])
LENGTH, BATCH = 200, 30
torch.set_num_threads(THREADS)
torch.set_grad_enabled(False)


def losses(rows, end):
    """Sums of -ln p over the answers of (prompt, answer) rows, one padded forward pass."""
    ids = torch.full((len(rows), LENGTH), end)
    labels = torch.full((len(rows), LENGTH), -100)
    attention = torch.zeros(len(rows), LENGTH)
    for i, (prompt, answer) in enumerate(rows):
        whole = prompt + answer
        ids[i, :len(whole)] = torch.tensor(whole)
        labels[i, len(prompt):len(whole)] = torch.tensor(answer)
        attention[i, :len(whole)] = 1
    logits, _ = forward(ids, attention, torch.arange(LENGTH).expand(len(rows), -1))
    shifted, targets = logits[:, :-1].transpose(-1, -2).contiguous(), labels[:, 1:].contiguous()
    return F.cross_entropy(shifted, targets, ignore_index=-100, reduction="none").sum(-1).tolist()


def generate(prompts, end, limit):
    """Greedy answers of one batch, filled up on the left."""
    longest = max(map(len, prompts))
    ids = torch.tensor([[end] * (longest - len(p)) + p for p in prompts])
    attention = torch.tensor([[0] * (longest - len(p)) + [1] * len(p) for p in prompts])
    positions = (attention.cumsum(-1) - 1).clamp(min=0)
    answers, ended, cache = [[] for _ in prompts], torch.zeros(len(prompts), dtype=torch.bool), None
    for _ in range(limit):
        logits, cache = forward(ids, attention, positions, cache)
        token = logits[:, -1].argmax(-1)
        ended |= token == end
        for i in (~ended).nonzero().flatten().tolist():
            answers[i].append(token[i].item())
        if ended.all():
            break
        ids, positions = token.unsqueeze(1), positions[:, -1:] + 1
        attention = torch.cat([attention, attention.new_ones(len(prompts), 1)], 1)
    return answers


def evaluate(data):
    end, limit, out = data["end"], data["limit"], {"losses": [], "generated": []}
    for rows in data["sets"]:
        truth, generated, others, wrong = [], [], [], []
        for start in range(0, len(rows), BATCH):
            batch = rows[start:start + BATCH]
            truth += losses([(r["prompt"], r["answer"]) for r in batch], end)
            generated += generate([r["prompt"] for r in batch], end, limit)
        for start in range(0, len(rows), BATCH // 4):
            batch = rows[start:start + BATCH // 4]
            others += losses([(r["prompt"], r["reference"]) for r in batch], end)
            flat = losses([(r["prompt"], w) for r in batch for w in r["wrong"]], end)
            for r in batch:
                wrong.append(flat[:len(r["wrong"])])
                flat = flat[len(r["wrong"]):]
        out["losses"].append([[a, b, *w] for a, b, w in zip(truth, others, wrong)])
        out["generated"].append(generated)
    return out


data = json.loads(pathlib.Path(ROWS).read_text(encoding="utf-8"))
print("ready", torch.__version__, sum(w.numel() for w in W.values()), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    result = evaluate(data)
    seconds = time.perf_counter() - start
    pathlib.Path(line.strip()).write_text(json.dumps(result), encoding="utf-8")
    print(seconds, flush=True)
