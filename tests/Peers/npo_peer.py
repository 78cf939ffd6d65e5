"""The peer of `unlearn bench npo`: NPO with a retain term on a Llama-shaped model, in plain PyTorch as the authors' trainer does it, or
with transformers' model as open-unlearning does it.

The reference is a second model that runs in every step; forget and retain rows take separate forward passes with logits for every
position, the authors' filled up to a fixed length, open-unlearning's to the longest of a device batch; a batch is accumulated over device
batches, each with a loss of its own; AdamW. Rows are tokenised beforehand, which counts for this side.

In bfloat16 AdamW's averages stay in float32 where bitsandbytes is installed, whose paged AdamW open-unlearning takes, and are bfloat16 as
PyTorch's own where it is not.

Arguments: MODEL_FOLDER TASK_JSON THREADS pytorch|transformers cpu|cuda|cuda:N float32|bfloat16. Answers `ready VERSION IDLE_BYTES`, then for
each line `N` on stdin makes N steps and answers `SECONDS PEAK_BYTES LOSS LOSS ...`; the bytes are main memory's.
"""
import json
import pathlib
import struct
import sys
import time

import torch
import torch.nn.functional as F

FOLDER, TASK, THREADS = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
DEVICE, DTYPE = torch.device(sys.argv[5]), getattr(torch, sys.argv[6])
torch.set_num_threads(THREADS)
if sys.argv[4] == "transformers":
    import transformers
    version = f"{torch.__version__}+transformers-{transformers.__version__}"
else:
    transformers, version = None, torch.__version__


def memory(key):
    """Bytes of the process: VmRSS now, VmHWM at most."""
    for line in pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(key)


torch.ones(2, 2).mm(torch.ones(2, 2))               # loads what loads late
print("ready", version, memory("VmRSS"), flush=True)

CONFIG = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
C, H, K = CONFIG["hidden_size"], CONFIG["num_attention_heads"], CONFIG["num_key_value_heads"]
D, EPSILON = C // H, CONFIG["rms_norm_eps"]


def opened(trained):
    """forward(ids, attention) -> logits, and the parameters."""
    if transformers:
        model = transformers.AutoModelForCausalLM.from_pretrained(FOLDER, torch_dtype=DTYPE, use_cache=False).to(DEVICE)
        model = model.train() if trained else model.eval()
        return (lambda ids, attention: model(ids, attention_mask=attention).logits), list(model.parameters())
    w = weights(trained)
    return (lambda ids, attention: forward(w, ids, attention)), list(w.values())


def weights(trained):
    data = (FOLDER / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), bytearray(data[8 + size:])
    return {name: torch.frombuffer(body[slice(*entry["data_offsets"])], dtype=torch.float32).view(entry["shape"]).to(DEVICE, DTYPE, copy=True)
            .requires_grad_(trained) for name, entry in header.items() if name != "__metadata__"}


def norm(x, weight):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * weight


def rotate(x):
    frequencies = CONFIG.get("rope_theta", 10000.0) ** (-torch.arange(0, D, 2, dtype=torch.float64) / D)
    angles = torch.outer(torch.arange(x.shape[2], dtype=torch.float64), frequencies)           # [T, D/2]
    cos, sin = angles.cos().to(x), angles.sin().to(x)
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def forward(w, ids, attention):
    """[B, T] ids, [B, T] attention (1 where a token is real) -> [B, T, V] logits."""
    b, t = ids.shape
    seen = torch.ones(t, t, dtype=torch.bool, device=ids.device).tril() & attention.bool().view(b, 1, 1, t)
    mask = torch.zeros(b, 1, t, t, dtype=DTYPE, device=ids.device).masked_fill(~seen, torch.finfo(DTYPE).min)
    x = F.embedding(ids, w["model.embed_tokens.weight"])
    for layer in range(CONFIG["num_hidden_layers"]):
        name = f"model.layers.{layer}."
        h = norm(x, w[name + "input_layernorm.weight"])
        q, k, v = (F.linear(h, w[f"{name}self_attn.{part}_proj.weight"]).view(b, t, -1, D).transpose(1, 2) for part in "qkv")
        q, k = rotate(q), rotate(k)
        k, v = (z.repeat_interleave(H // K, 1) for z in (k, v))
        scores = (q @ k.transpose(-2, -1) / D ** 0.5 + mask).softmax(-1)
        x = x + F.linear((scores @ v).transpose(1, 2).reshape(b, t, C), w[name + "self_attn.o_proj.weight"])
        h = norm(x, w[name + "post_attention_layernorm.weight"])
        gate, up = (F.linear(h, w[f"{name}mlp.{part}_proj.weight"]) for part in ("gate", "up"))
        x = x + F.linear(F.silu(gate) * up, w[name + "mlp.down_proj.weight"])
    return F.linear(norm(x, w["model.norm.weight"]), w.get("lm_head.weight", w["model.embed_tokens.weight"]))


def filled(rows):
    """ids, attention and labels of rows, filled up with the end token; the end token after an answer is a label."""
    length = max(len(row["ids"]) for row in rows) if transformers else LENGTH
    ids = torch.full((len(rows), length), END)
    labels = torch.full((len(rows), length), -100)
    attention = torch.zeros(len(rows), length)
    for b, row in enumerate(rows):
        n = len(row["ids"])
        ids[b, :n] = torch.tensor(row["ids"])
        labels[b, row["prompt"]:n] = ids[b, row["prompt"]:n]
        attention[b, :n - 1] = 1
    return ids.to(DEVICE), attention.to(DEVICE), labels.to(DEVICE)


def sums(logits, labels):
    """Sum of -log p over the labels of each row."""
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2).float(), labels[:, 1:], ignore_index=-100, reduction="none")
    return losses.sum(-1)


def loss_of(forget, retain):
    ids, attention, labels = filled(forget)
    current = sums(POLICY(ids, attention), labels)
    with torch.no_grad():
        known = sums(REFERENCE(ids, attention), labels)
    npo = -F.logsigmoid(BETA * (current - known)).mean() * 2 / BETA
    ids, attention, labels = filled(retain)
    logits = POLICY(ids, attention)
    return npo + F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]).float(), labels[:, 1:].reshape(-1), ignore_index=-100)


task = json.loads(pathlib.Path(TASK).read_text(encoding="utf-8"))
LENGTH, END, BETA, DEVICE_BATCH = task["length"], task["end"], task["beta"], task["device_batch"]
(POLICY, PARAMETERS), (REFERENCE, _) = opened(True), opened(False)
try:
    from bitsandbytes.optim import PagedAdamW32bit as AdamW
    assert DTYPE == torch.bfloat16 and DEVICE.type == "cuda"
except (ImportError, AssertionError):
    AdamW = torch.optim.AdamW
optimizer = AdamW(PARAMETERS, lr=1.0, betas=(0.9, 0.999), eps=1e-8, weight_decay=task["weight_decay"])
done = 0

for line in sys.stdin:
    start, losses = time.perf_counter(), []
    for step in task["steps"][done:done + int(line)]:
        optimizer.param_groups[0]["lr"] = step["rate"]
        optimizer.zero_grad(set_to_none=True)
        parts = len(step["forget"]) // DEVICE_BATCH
        total = 0.0
        for part in range(parts):
            here = slice(part * DEVICE_BATCH, (part + 1) * DEVICE_BATCH)
            loss = loss_of(step["forget"][here], step["retain"][here]) / parts
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total)
        done += 1
    if DEVICE.type == "cuda":
        torch.cuda.synchronize(DEVICE)
    print(time.perf_counter() - start, memory("VmHWM"), *losses, flush=True)
