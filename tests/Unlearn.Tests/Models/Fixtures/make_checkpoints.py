"""Writes tiny random checkpoints, one folder each, and what plain PyTorch makes of them.

Run with Debian's PyTorch, in this folder:  /usr/bin/python3 make_checkpoints.py

Every architecture is written here apart from the library, from its published description and the conventions of Hugging Face's
checkpoints, with no code in common between them but attention over given scores. Weights are float32, arithmetic is float64.
A folder has config.json, model.safetensors and expected.json: ids, logits, loss, two numbers for every gradient (the sum of its
absolute values, and its product with a fixed vector), and a greedy continuation whose margins are wide enough for float32.
"""
import json
import math
import os
import struct

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# --- files ------------------------------------------------------------------------------------------------------------------------

def write_safetensors(path, tensors):
    header, offset, body = {}, 0, b""
    for name, t in sorted(tensors.items()):
        data = t.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(t.shape), "data_offsets": [offset, offset + len(data)]}
        offset, body = offset + len(data), body + data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + body)


def write_json(path, value):
    with open(path, "w") as f:
        f.write(json.dumps(value) + "\n")


class Weights(dict):
    """Draws a tensor when it is first asked for: matrices small, norms around 1, biases around 0."""

    def __init__(self, seed):
        super().__init__()
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, name, *shape):
        if name not in self:
            numbers = torch.randn(*shape, generator=self.generator)
            norm = len(shape) == 1 and name.endswith(".weight")
            value = 1 + 0.2 * numbers if norm else 0.1 * numbers if len(shape) == 1 else numbers / math.sqrt(shape[-1])
            self[name] = value.to(torch.float32).to(torch.float64).requires_grad_()
        assert tuple(self[name].shape) == shape, name
        return self[name]

    def linear(self, name, x, outputs, bias=True):
        y = x @ self(name + ".weight", outputs, x.shape[-1]).T
        return y + self(name + ".bias", outputs) if bias else y

    def layer_norm(self, name, x, eps):
        mean, variance = x.mean(-1, keepdim=True), x.var(-1, unbiased=False, keepdim=True)
        return (x - mean) / torch.sqrt(variance + eps) * self(name + ".weight", x.shape[-1]) + self(name + ".bias", x.shape[-1])

    def rms_norm(self, name, x, eps):
        return x / torch.sqrt((x ** 2).mean(-1, keepdim=True) + eps) * self(name + ".weight", x.shape[-1])


# --- parts ------------------------------------------------------------------------------------------------------------------------

def split(x, heads):                                   # [B, T, heads*D] -> [B, heads, T, D]
    B, T, _ = x.shape
    return x.view(B, T, heads, -1).transpose(1, 2)


def attend(scores, v, seen):                           # seen: bool, broadcast over [B, heads, T, S]
    mixed = scores.masked_fill(~seen, -math.inf).softmax(-1) @ v
    return mixed.transpose(1, 2).flatten(2)


def causal(T):
    return torch.ones(T, T).tril().bool()


def turn(x, frequencies):                              # [B, heads, T, R]: pairs are halves apart
    angles = torch.arange(x.shape[-2])[:, None] * frequencies[None]
    first, second = x.chunk(2, -1)
    return torch.cat([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], -1)


def frequencies(R, theta):
    return torch.tensor([theta ** (-2 * i / R) for i in range(R // 2)])


def gelu(x):
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def gelu_tanh(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


# --- decoders ---------------------------------------------------------------------------------------------------------------------

def llama_like(w, c, ids):
    """Llama, Qwen2 and Qwen3, told apart by model_type."""
    kind, C, H, K = c["model_type"], c["hidden_size"], c["num_attention_heads"], c["num_key_value_heads"]
    D, eps, T = c.get("head_dim") or C // H, c["rms_norm_eps"], ids.shape[1]
    qkv_bias = kind == "qwen2" or c.get("attention_bias", False)
    o_bias, mlp_bias = c.get("attention_bias", False), c.get("mlp_bias", False)
    freq, scaling = frequencies(D, c["rope_theta"]), c.get("rope_scaling") or {}
    if scaling.get("rope_type", scaling.get("type")) == "linear":
        freq = freq / scaling["factor"]
    if scaling.get("rope_type") == "llama3":
        L, low, high = scaling["original_max_position_embeddings"], scaling["low_freq_factor"], scaling["high_freq_factor"]
        changed = []
        for f in freq.tolist():
            wavelength = 2 * math.pi / f
            if wavelength > L / low:
                f = f / scaling["factor"]
            elif wavelength > L / high:
                smooth = (L / wavelength - low) / (high - low)
                f = (1 - smooth) * f / scaling["factor"] + smooth * f
            changed.append(f)
        freq = torch.tensor(changed)
    x = w("model.embed_tokens.weight", c["vocab_size"], C)[ids]
    for l in range(c["num_hidden_layers"]):
        at = f"model.layers.{l}."
        h = w.rms_norm(at + "input_layernorm", x, eps)
        q = split(w.linear(at + "self_attn.q_proj", h, H * D, qkv_bias), H)
        k = split(w.linear(at + "self_attn.k_proj", h, K * D, qkv_bias), K)
        v = split(w.linear(at + "self_attn.v_proj", h, K * D, qkv_bias), K)
        if kind == "qwen3":
            q, k = w.rms_norm(at + "self_attn.q_norm", q, eps), w.rms_norm(at + "self_attn.k_norm", k, eps)
        q, k = turn(q, freq), turn(k, freq)
        k, v = k.repeat_interleave(H // K, 1), v.repeat_interleave(H // K, 1)
        h = attend(q @ k.transpose(-1, -2) / math.sqrt(D), v, causal(T))
        x = x + w.linear(at + "self_attn.o_proj", h, C, o_bias)
        h = w.rms_norm(at + "post_attention_layernorm", x, eps)
        inner = c["intermediate_size"]
        gate = F.silu(w.linear(at + "mlp.gate_proj", h, inner, mlp_bias))
        x = x + w.linear(at + "mlp.down_proj", gate * w.linear(at + "mlp.up_proj", h, inner, mlp_bias), C, mlp_bias)
    x = w.rms_norm("model.norm", x, eps)
    head = "model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"
    return x @ w(head, c["vocab_size"], C).T


def phi(w, c, ids):
    C, H, eps, T = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"], ids.shape[1]
    D = C // H
    R = int(c["partial_rotary_factor"] * D)
    freq = frequencies(R, c["rope_theta"])
    x = w("model.embed_tokens.weight", c["vocab_size"], C)[ids]
    for l in range(c["num_hidden_layers"]):
        at = f"model.layers.{l}."
        h = w.layer_norm(at + "input_layernorm", x, eps)
        q, k, v = (split(w.linear(at + f"self_attn.{name}_proj", h, C), H) for name in "qkv")
        q = torch.cat([turn(q[..., :R], freq), q[..., R:]], -1)
        k = torch.cat([turn(k[..., :R], freq), k[..., R:]], -1)
        mixed = attend(q @ k.transpose(-1, -2) / math.sqrt(D), v, causal(T))
        mlp = w.linear(at + "mlp.fc2", gelu_tanh(w.linear(at + "mlp.fc1", h, c["intermediate_size"])), C)
        x = x + w.linear(at + "self_attn.dense", mixed, C) + mlp
    return w.linear("lm_head", w.layer_norm("model.final_layernorm", x, eps), c["vocab_size"])


def gpt_neox(w, c, ids):
    C, H, eps, T = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"], ids.shape[1]
    D = C // H
    R = int(c["rotary_pct"] * D)
    freq = frequencies(R, c["rotary_emb_base"])
    x = w("gpt_neox.embed_in.weight", c["vocab_size"], C)[ids]
    B = ids.shape[0]
    for l in range(c["num_hidden_layers"]):
        at = f"gpt_neox.layers.{l}."
        h = w.layer_norm(at + "input_layernorm", x, eps)
        fused = w.linear(at + "attention.query_key_value", h, 3 * C).view(B, T, H, 3, D)      # a head's q, k and v side by side
        q, k, v = (fused[:, :, :, i].transpose(1, 2) for i in range(3))
        q = torch.cat([turn(q[..., :R], freq), q[..., R:]], -1)
        k = torch.cat([turn(k[..., :R], freq), k[..., R:]], -1)
        mixed = attend(q @ k.transpose(-1, -2) / math.sqrt(D), v, causal(T))
        mixed = w.linear(at + "attention.dense", mixed, C)
        before = x if c["use_parallel_residual"] else x + mixed
        h = w.layer_norm(at + "post_attention_layernorm", before, eps)
        mlp = w.linear(at + "mlp.dense_4h_to_h", gelu(w.linear(at + "mlp.dense_h_to_4h", h, c["intermediate_size"])), C)
        x = x + mixed + mlp
    return w.linear("embed_out", w.layer_norm("gpt_neox.final_layer_norm", x, eps), c["vocab_size"], bias=False)


def opt(w, c, ids):
    C, H, E, eps, T = c["hidden_size"], c["num_attention_heads"], c["word_embed_proj_dim"], 1e-5, ids.shape[1]
    D, first = C // H, c["do_layer_norm_before"]
    table = w("model.decoder.embed_tokens.weight", c["vocab_size"], E)
    x = table[ids]
    if E != C:
        x = w.linear("model.decoder.project_in", x, C, bias=False)
    x = x + w("model.decoder.embed_positions.weight", c["max_position_embeddings"] + 2, C)[torch.arange(T) + 2]
    for l in range(c["num_hidden_layers"]):
        at = f"model.decoder.layers.{l}."
        h = w.layer_norm(at + "self_attn_layer_norm", x, eps) if first else x
        q, k, v = (split(w.linear(at + f"self_attn.{name}_proj", h, C), H) for name in "qkv")
        x = x + w.linear(at + "self_attn.out_proj", attend(q @ k.transpose(-1, -2) / math.sqrt(D), v, causal(T)), C)
        x = x if first else w.layer_norm(at + "self_attn_layer_norm", x, eps)
        h = w.layer_norm(at + "final_layer_norm", x, eps) if first else x
        x = x + w.linear(at + "fc2", F.relu(w.linear(at + "fc1", h, c["ffn_dim"])), C)
        x = x if first else w.layer_norm(at + "final_layer_norm", x, eps)
    if first:
        x = w.layer_norm("model.decoder.final_layer_norm", x, eps)
    if E != C:
        x = w.linear("model.decoder.project_out", x, E, bias=False)
    return x @ table.T


# --- encoders: (ids, types, seen) of one item, [1, T] each ------------------------------------------------------------------------

def post_norm_block(w, names, x, H, inner, seen, eps):
    """A block of BERT's kind; names: q, k, v, out, norm after attention, two layers of the MLP, norm after them."""
    q_name, k_name, v_name, out, norm1, up, down, norm2 = names
    C = x.shape[-1]
    q, k, v = (split(w.linear(name, x, C), H) for name in (q_name, k_name, v_name))
    mixed = attend(q @ k.transpose(-1, -2) / math.sqrt(C // H), v, seen[:, None, None])
    x = w.layer_norm(norm1, x + w.linear(out, mixed, C), eps)
    return w.layer_norm(norm2, x + w.linear(down, gelu(w.linear(up, x, inner)), C), eps)


def distilbert(w, c, ids, types, seen):
    C, at = c["dim"], "distilbert.embeddings."
    x = w(at + "word_embeddings.weight", c["vocab_size"], C)[ids]
    x = x + w(at + "position_embeddings.weight", c["max_position_embeddings"], C)[torch.arange(ids.shape[1])]
    x = w.layer_norm(at + "LayerNorm", x, 1e-12)
    for l in range(c["n_layers"]):
        at = f"distilbert.transformer.layer.{l}."
        names = ["attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin", "sa_layer_norm", "ffn.lin1", "ffn.lin2",
                 "output_layer_norm"]
        x = post_norm_block(w, [at + n for n in names], x, c["n_heads"], c["hidden_dim"], seen, 1e-12)
    return w.linear("classifier", F.relu(w.linear("pre_classifier", x[:, 0], C)), len(c["id2label"]))


def bert_trunk(w, c, prefix, ids, types, seen, positions):
    C, eps, at = c["hidden_size"], c["layer_norm_eps"], prefix + "embeddings."
    x = w(at + "word_embeddings.weight", c["vocab_size"], C)[ids]
    x = x + w(at + "token_type_embeddings.weight", c["type_vocab_size"], C)[types]
    x = x + w(at + "position_embeddings.weight", c["max_position_embeddings"], C)[positions]
    x = w.layer_norm(at + "LayerNorm", x, eps)
    for l in range(c["num_hidden_layers"]):
        at = f"{prefix}encoder.layer.{l}."
        names = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                 "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"]
        x = post_norm_block(w, [at + n for n in names], x, c["num_attention_heads"], c["intermediate_size"], seen, eps)
    return x


def sentence_bert(w, c, ids, types, seen):
    x = bert_trunk(w, c, "", ids, types, seen, torch.arange(ids.shape[1]))
    w.linear("pooler.dense", x[:, 0], c["hidden_size"])                                       # in the file, but not read
    mean = (x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
    return mean / mean.norm(dim=-1, keepdim=True)


def roberta(w, c, ids, types, seen):
    positions = seen.long().cumsum(1) * seen + c["pad_token_id"]
    x = bert_trunk(w, c, "roberta.", ids, torch.zeros_like(ids), seen, positions)
    return w.linear("classifier.out_proj", torch.tanh(w.linear("classifier.dense", x[:, 0], c["hidden_size"])), len(c["id2label"]))


def bucket(distance, buckets, furthest):
    """Distances up to half the buckets are themselves, further ones share buckets by their logarithm."""
    middle = buckets // 2
    if abs(distance) <= middle:
        return distance
    steps = math.ceil(math.log(abs(distance) / middle) / math.log((furthest - 1) / middle) * (middle - 1)) + middle
    return steps if distance > 0 else -steps


def deberta(w, c, ids, types, seen):
    C, H, eps = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"]
    D, k, T = C // H, c["position_buckets"], ids.shape[1]
    x = w("deberta.embeddings.word_embeddings.weight", c["vocab_size"], C)[ids]
    x = w.layer_norm("deberta.embeddings.LayerNorm", x, eps) * seen[..., None]
    relative = w.layer_norm("deberta.encoder.LayerNorm", w("deberta.encoder.rel_embeddings.weight", 2 * k, C), eps)
    both = seen[:, None, None, :] & seen[:, None, :, None]
    for l in range(c["num_hidden_layers"]):
        at = f"deberta.encoder.layer.{l}."
        q, key, v = (split(w.linear(at + f"attention.self.{name}_proj", x, C), H) for name in ("query", "key", "value"))
        q_rel, k_rel = (w.linear(at + f"attention.self.{name}_proj", relative, C).view(2 * k, H, D) for name in ("query", "key"))
        scores = torch.empty(ids.shape[0], H, T, T)
        for i in range(T):                             # content to content, content to position, position to content
            for j in range(T):
                to = min(max(bucket(i - j, k, c["max_position_embeddings"]) + k, 0), 2 * k - 1)
                back = min(max(-bucket(j - i, k, c["max_position_embeddings"]) + k, 0), 2 * k - 1)
                scores[:, :, i, j] = ((q[:, :, i] * key[:, :, j]).sum(-1) + (q[:, :, i] * k_rel[to]).sum(-1)
                                      + (key[:, :, j] * q_rel[back]).sum(-1)) / math.sqrt(3 * D)
        # A filled-up place sees nothing; what stands there does not matter.
        weights = scores.masked_fill(~both, -1e30).softmax(-1).masked_fill(~both, 0)
        mixed = (weights @ v).transpose(1, 2).flatten(2)
        x = w.layer_norm(at + "attention.output.LayerNorm", x + w.linear(at + "attention.output.dense", mixed, C), eps)
        h = gelu(w.linear(at + "intermediate.dense", x, c["intermediate_size"]))
        x = w.layer_norm(at + "output.LayerNorm", x + w.linear(at + "output.dense", h, C), eps)
    return w.linear("classifier", gelu(w.linear("pooler.dense", x[:, 0], C)), len(c["id2label"]))


# --- cases ------------------------------------------------------------------------------------------------------------------------

BASE = dict(vocab_size=37, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=20, max_position_embeddings=64)
GATED = dict(BASE, num_key_value_heads=2, hidden_act="silu", rms_norm_eps=1e-5, rope_theta=10000.0, rope_scaling=None)
SCALED = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=64)
DECODERS = {
    "llama3": (llama_like, dict(
        GATED, model_type="llama", head_dim=8, rope_scaling=SCALED, attention_bias=True, mlp_bias=True, tie_word_embeddings=True)),
    "llama-linear": (llama_like, dict(
        GATED, model_type="llama", num_key_value_heads=4, rope_scaling=dict(type="linear", factor=2.0), tie_word_embeddings=False)),
    "qwen2": (llama_like, dict(GATED, model_type="qwen2", rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=True)),
    "qwen3": (llama_like, dict(GATED, model_type="qwen3", head_dim=6, rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=True)),
    "phi": (phi, dict(
        BASE, model_type="phi", hidden_act="gelu_new", num_key_value_heads=None, layer_norm_eps=1e-5, rope_theta=10000.0,
        partial_rotary_factor=0.5, hidden_size=32, tie_word_embeddings=False)),
    "gpt-neox": (gpt_neox, dict(
        BASE, model_type="gpt_neox", hidden_act="gelu", layer_norm_eps=1e-5, rotary_pct=0.25, rotary_emb_base=10000, hidden_size=32,
        use_parallel_residual=True, tie_word_embeddings=False)),
    "gpt-neox-sequential": (gpt_neox, dict(
        BASE, model_type="gpt_neox", hidden_act="gelu", layer_norm_eps=1e-5, rotary_pct=0.5, rotary_emb_base=500, num_hidden_layers=1,
        use_parallel_residual=False, tie_word_embeddings=False)),
    "opt": (opt, dict(
        BASE, model_type="opt", activation_function="relu", ffn_dim=20, do_layer_norm_before=True, word_embed_proj_dim=16)),
    "opt-projected": (opt, dict(
        BASE, model_type="opt", activation_function="relu", ffn_dim=20, do_layer_norm_before=False, word_embed_proj_dim=8)),
}
NLI = {"0": "entailment", "1": "neutral", "2": "contradiction"}
BERT = dict(BASE, hidden_act="gelu", layer_norm_eps=1e-12, type_vocab_size=2)
ENCODERS = {
    "distilbert": (distilbert, dict(
        model_type="distilbert", vocab_size=37, dim=16, n_layers=2, n_heads=4, hidden_dim=20, max_position_embeddings=32,
        activation="gelu", sinusoidal_pos_embds=False,
        id2label={"0": "clean", "1": "mild gibberish", "2": "noise", "3": "word salad"})),
    "minilm": (sentence_bert, dict(BERT, model_type="bert")),
    "roberta": (roberta, dict(BERT, model_type="roberta", layer_norm_eps=1e-5, type_vocab_size=1, pad_token_id=1, id2label=NLI)),
    "deberta": (deberta, dict(
        BASE, model_type="deberta-v2", hidden_act="gelu", layer_norm_eps=1e-7, position_buckets=8, relative_attention=True,
        max_relative_positions=-1, pos_att_type=["p2c", "c2p"], share_att_key=True, norm_rel_ebd="layer_norm", type_vocab_size=0,
        position_biased_input=False, pooler_hidden_act="gelu", id2label=NLI)),
}
WORDS = """[PAD] [UNK] [CLS] [SEP] [MASK] the a river runs to sea town is was born in author wrote ##s ##ed ##ing ##er walk talk old
. , ? ! it and not of b c d e""".split()
TEXTS = ["The river runs to the sea.", "Was the author born in the old town?", "walked, talking",
         "the the the the the the the the of of of of of of of of and and and and and and and and a a a a a a", "zebra", ""]
PAIRS = [["the author was born in the town", "the author was not born"], ["a river", "it runs to the sea and to the old town ."]]


def pieces(text):
    """WordPiece by hand: lower case, punctuation apart, longest piece first."""
    found = []
    for mark in ".,?!":
        text = text.replace(mark, f" {mark} ")
    for word in text.lower().split():
        rest, mine = word, []
        while rest:
            prefix = "##" if mine else ""
            length = next((n for n in range(len(rest), 0, -1) if prefix + rest[:n] in WORDS), 0)
            if length == 0:
                mine = ["[UNK]"]
                break
            mine.append(prefix + rest[:length])
            rest = rest[length:]
        found += mine
    return [WORDS.index(piece) for piece in found]


def folder(name, config, weights, expected):
    os.makedirs(name, exist_ok=True)
    write_json(f"{name}/config.json", config)
    write_safetensors(f"{name}/model.safetensors", weights)
    write_json(f"{name}/expected.json", expected)


def gradients(weights):
    def both(g):
        flat = g.flatten()
        return [flat.abs().sum().item(), (flat * torch.cos(torch.arange(len(flat)))).sum().item()]
    return {name: both(t.grad) for name, t in weights.items() if t.grad is not None}


def decoder(name, forward, c, seed):
    w = Weights(seed)
    ids = torch.randint(c["vocab_size"], (2, 9), generator=torch.Generator().manual_seed(seed))
    logits = forward(w, c, ids[:, :-1])
    loss = F.cross_entropy(logits.reshape(-1, c["vocab_size"]), ids[:, 1:].reshape(-1))
    loss.backward()
    prompt = ids[:1, :4]
    for _ in range(20):
        last = forward(w, c, prompt)[0, -1]
        best = last.topk(2).values
        assert best[0] - best[1] > 1e-3, f"{name}: choose another seed"
        prompt = torch.cat([prompt, last.argmax().view(1, 1)], 1)
    folder(name, c, w, dict(
        ids=ids.tolist(), logits=logits.flatten().tolist(), loss=loss.item(), gradients=gradients(w), greedy=prompt[0].tolist()))


def encoder(name, forward, c, seed):
    w = Weights(seed)
    generator = torch.Generator().manual_seed(seed)
    lengths, items = [11, 4, 7, 1], []
    rows = [torch.randint(5, c["vocab_size"], (1, n), generator=generator) for n in lengths]
    for row in rows:
        types = (torch.arange(row.shape[1]) > row.shape[1] // 2).long()[None]
        scores = forward(w, c, row, types, torch.ones_like(row).bool())
        items.append(dict(ids=row[0].tolist(), types=types[0].tolist(), scores=scores[0].tolist()))
    width = max(lengths)                               # filled up, an item must come out as alone
    padded = torch.stack([F.pad(row[0], (0, width - row.shape[1]), value=c.get("pad_token_id", 0)) for row in rows])
    types = torch.stack([F.pad(torch.tensor(item["types"]), (0, width - len(item["types"]))) for item in items])
    seen = torch.arange(width)[None] < torch.tensor(lengths)[:, None]
    together = forward(w, c, padded, types, seen)
    assert (together - torch.tensor([item["scores"] for item in items])).abs().max() < 1e-12, name
    expected = dict(items=items)

    def framed(*texts):
        ids, types = [2], [0]
        for type_, text in enumerate(texts):
            ids += text + [3]
            types += [type_] * (len(text) + 1)
        return torch.tensor([ids]), torch.tensor([types])

    def chances(*texts):
        ids, types = framed(*texts)
        scores = forward(w, c, ids, types, torch.ones_like(ids).bool())[0]
        return (scores if name == "minilm" else scores.softmax(-1)).tolist()

    limit = c["max_position_embeddings"] - (2 if name == "roberta" else 0)
    expected["texts"] = [dict(text=text, result=chances(pieces(text)[:limit - 2])) for text in TEXTS]
    if name in ("roberta", "deberta"):
        expected["pairs"] = [dict(first=a, second=b, result=chances(pieces(a), pieces(b))) for a, b in PAIRS]
    folder(name, c, w, expected)
    with open(f"{name}/vocab.txt", "w") as f:
        f.write("\n".join(WORDS) + "\n")


for seed, (name, (forward, config)) in enumerate(DECODERS.items()):
    decoder(name, forward, config, seed + 1)
for seed, (name, (forward, config)) in enumerate(ENCODERS.items()):
    encoder(name, forward, config, seed + 101)
