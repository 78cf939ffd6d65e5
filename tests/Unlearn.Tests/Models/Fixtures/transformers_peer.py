"""transformers and PEFT, beside the library: what they compute from model folders, and folders that they write.

    python3 transformers_peer.py read CASES.json       what they make of folders
    python3 transformers_peer.py write FOLDER          tiny random models and adapters, one of each architecture, and what they make of them

CASES.json is a list of {"folder", "adapters" (a folder, or none), "ids": [[...]], "types": [[...]] (encoders), "greedy": N}. Printed is a
list of {"logits", "loss", "gradients", "greedy", "merged", "missing", "unexpected", "mismatched", "scale", "dropout"}, as far as a case has them, or
{"unknown": model_type} where transformers is too old for it (Qwen3 came with 4.51). Arithmetic is float64, or float32 for OPT, whose
mask transformers cannot build in float64. Gradients are kept as make_checkpoints.py keeps them.
"""
import json
import math
import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ["TRANSFORMERS_VERBOSITY"] = "error"
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"

import peft  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
import transformers  # noqa: E402

torch.set_num_threads(1)
KINDS = {"bert": transformers.AutoModel}
CLASSIFIERS = ("distilbert", "roberta", "deberta-v2")


def numbers(tensor):
    return tensor.detach().double().flatten().tolist()


def gradients(model):
    def both(g):
        flat = g.double().flatten()
        return [flat.abs().sum().item(), (flat * torch.cos(torch.arange(len(flat), dtype=torch.float64))).sum().item()]
    return {name: both(p.grad) for name, p in model.named_parameters() if p.grad is not None}


def kind_of(folder):
    with open(f"{folder}/config.json") as file:
        return json.load(file)["model_type"]


def opened(folder):
    kind = kind_of(folder)
    auto = transformers.AutoModelForSequenceClassification if kind in CLASSIFIERS else KINDS.get(kind, transformers.AutoModelForCausalLM)
    model, report = auto.from_pretrained(
        folder, torch_dtype=torch.float32 if kind == "opt" else torch.float64, attn_implementation="eager", output_loading_info=True)
    if kind == "opt":
        model.get_input_embeddings().padding_idx = None    # OPT's keeps the gradient of padding, an ordinary id here, at zero
    return kind, model.eval(), {name: sorted(report[f"{name}_keys"]) for name in ("missing", "unexpected", "mismatched")}


def encoded(kind, model, row, types):
    ids = torch.tensor([row])
    given = {} if kind == "distilbert" else {"token_type_ids": torch.tensor([types]) * (model.config.type_vocab_size > 1)}
    out = model(ids, attention_mask=torch.ones_like(ids), **given)
    return numbers(F.normalize(out.last_hidden_state.mean(1), dim=-1) if kind == "bert" else out.logits)


def decoded(model, ids, length):
    """Logits of all positions but the last, loss of the next tokens, gradients, and a greedy continuation of the first four."""
    logits = model(ids[:, :-1]).logits
    loss = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), ids[:, 1:].reshape(-1))
    loss.backward()
    prompt = ids[:1, :4]
    greedy = model.generate(prompt, attention_mask=torch.ones_like(prompt), do_sample=False, max_new_tokens=length,
                            min_new_tokens=length, pad_token_id=0, eos_token_id=None)
    return {"logits": numbers(logits), "loss": loss.item(), "gradients": gradients(model), "greedy": greedy[0].tolist()}


def read(case):
    if kind_of(case["folder"]) not in transformers.CONFIG_MAPPING:
        return {"unknown": kind_of(case["folder"])}
    kind, model, found = opened(case["folder"])
    if "types" in case:
        return {**found, "logits": [encoded(kind, model, row, types) for row, types in zip(case["ids"], case["types"])]}
    if case.get("adapters"):
        model = peft.PeftModel.from_pretrained(model, case["adapters"], is_trainable=True).eval()
        if kind != "opt":
            model = model.double()                     # PEFT reads adapters as float32
        found["scale"] = next(module.scaling["default"] for module in model.modules() if hasattr(module, "lora_A"))
        found["dropout"] = model.peft_config["default"].lora_dropout
    ids = torch.tensor(case["ids"])
    found.update(decoded(model, ids, case["greedy"]))
    if case.get("adapters"):
        with torch.no_grad():
            found["merged"] = numbers(model.merge_and_unload()(ids[:, :-1]).logits)
    return found


# --- written ----------------------------------------------------------------------------------------------------------------------

def configs():
    sizes = dict(vocab_size=43, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=64)
    llama3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=32)
    yield "llama", transformers.LlamaConfig(**sizes, intermediate_size=44)
    yield "llama3", transformers.LlamaConfig(
        **sizes, intermediate_size=44, num_key_value_heads=2, rope_theta=500.0, rope_scaling=llama3, tie_word_embeddings=True)
    yield "qwen2", transformers.Qwen2Config(**sizes, intermediate_size=44, num_key_value_heads=2)
    if hasattr(transformers, "Qwen3Config"):
        yield "qwen3", transformers.Qwen3Config(**sizes, intermediate_size=44, num_key_value_heads=2, head_dim=10)
    yield "phi", transformers.PhiConfig(**sizes, intermediate_size=44)
    yield "gpt-neox", transformers.GPTNeoXConfig(**sizes, intermediate_size=44)
    yield "opt", transformers.OPTConfig(**sizes, ffn_dim=44, word_embed_proj_dim=32)
    yield "opt-projected", transformers.OPTConfig(**sizes, ffn_dim=44, word_embed_proj_dim=16, do_layer_norm_before=False)


def write(folder, name, config, seed):
    generator = torch.Generator().manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()

    def draw(parameters, share):
        with torch.no_grad():
            for p in parameters:
                p += share * torch.randn(p.shape, generator=generator) / math.sqrt(p.shape[-1] if p.dim() > 1 else 1)

    draw(model.parameters(), 0.3)
    place, adapters = f"{folder}/{name}", f"{folder}/{name}-adapters"
    model.save_pretrained(place, max_shard_size="20KB")
    stabilised = seed % 2 == 0
    adapted = peft.get_peft_model(model, peft.LoraConfig(
        r=3, lora_alpha=6, lora_dropout=0.25 * stabilised, use_rslora=stabilised, target_modules="all-linear", task_type="CAUSAL_LM"))
    draw([p for key, p in adapted.named_parameters() if "lora_B" in key], 0.3)
    adapted.save_pretrained(adapters)
    ids = torch.randint(2, config.vocab_size, (2, 9), generator=generator).tolist()
    case = {"folder": place, "ids": ids, "greedy": 8}
    return {"name": name, "ids": ids, "plain": read(case), "adapted": read({**case, "adapters": adapters})}


def main(command, path):
    if command == "read":
        with open(path) as file:
            found = [read(case) for case in json.load(file)]
    else:
        found = [write(path, name, config, seed) for seed, (name, config) in enumerate(configs(), 1)]
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
