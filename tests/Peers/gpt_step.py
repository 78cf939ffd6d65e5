"""The peer of `unlearn bench gpt-step`: the same small GPT in PyTorch, one timed group of steps for each line on stdin.

Reads "run K", trains K steps and answers "SECONDS LOSS"; ends at the end of input. Model, data and optimizer are those of
SmallGpt.cs, drawn from the same seed in the same order, so that both sides report the same losses.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

V, T, B, C, H, L = (int(a) for a in sys.argv[1:7])
torch.set_num_threads(int(sys.argv[7]))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.qkv, self.proj = nn.Linear(C, 3 * C), nn.Linear(C, C)
        self.fc, self.out = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = (z.view(b, t, H, C // H).transpose(1, 2) for z in self.qkv(self.ln_1(x)).chunk(3, -1))
        weights = ((q @ k.transpose(-2, -1)) * (C // H) ** -0.5 + mask).softmax(-1)
        x = x + self.proj((weights @ v).transpose(1, 2).reshape(b, t, C))
        return x + self.out(F.gelu(self.fc(self.ln_2(x))))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, C), nn.Embedding(T, C)
        self.blocks = nn.ModuleList([Block() for _ in range(L)])
        self.ln_f, self.head = nn.LayerNorm(C), nn.Linear(C, V, bias=False)
        self.register_buffer("mask", torch.full((T, T), float("-inf")).triu(1))
        self.register_buffer("positions", torch.arange(T))

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(self.positions)
        for block in self.blocks:
            x = block(x, self.mask)
        return self.head(self.ln_f(x))


torch.manual_seed(0)
model = Gpt()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
print("ready", torch.__version__, sum(p.numel() for p in model.parameters()), flush=True)

for line in sys.stdin:
    steps = int(line.split()[1])
    start = time.perf_counter()
    for _ in range(steps):
        ids = torch.randint(0, V, (B, T + 1))         # fresh: a batch learnt by heart ends in denormal numbers, which are slow
        inputs, targets = ids[:, :-1].contiguous(), ids[:, 1:].contiguous().view(-1)
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(inputs).view(-1, V), targets)
        loss.backward()
        optimizer.step()
    print(time.perf_counter() - start, loss.item(), flush=True)
