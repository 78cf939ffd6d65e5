#!/usr/bin/python3
"""Writes npo_format.json, tofu_format.json and aggregates.json: two small logs with made-up rows in both published formats, and their
aggregates by numpy and scipy, as an oracle for TofuLog and for `unlearn score`.

npo_format.json has lists (NPO's repository, with kl_divergence); tofu_format.json has objects keyed by row number (TOFU's), whose rows
stand in another order than their numbers, since the published aggregation goes by file order.
Run: /usr/bin/python3 make_logs.py    (Debian: python3-scipy)
"""
import json
import pathlib

import numpy as np
from scipy.stats import hmean, ks_2samp

TASKS = [("eval_log.json", 9, 5), ("eval_real_author_wo_options.json", 7, 3), ("eval_real_world_wo_options.json", 8, 3),
         ("eval_log_forget.json", 12, 5)]
HERE = pathlib.Path(__file__).parent


def columns(rng, n, k, task):
    tokens, others, wrong = rng.integers(4, 30, n), rng.integers(4, 30, n), rng.integers(4, 30, (n, k))
    loss, para, bad = rng.gamma(2, 0.4, n), rng.gamma(3, 0.5, n), rng.gamma(4, 0.5, (n, k))
    if "wo_options" in task:
        others, para = tokens, loss
    rouge = rng.integers(0, 11, n) / 10
    return {
        "avg_gt_loss": loss, "gt_loss": loss * tokens, "num_token_gt": tokens,
        "generated_text": [[f"Question {i}?", f"answer “{i}” né", f"truth {i}"] for i in range(n)],
        "rouge1_recall": np.minimum(1, rouge + 0.1), "rougeL_recall": rouge,
        "average_perturb_loss": bad, "avg_paraphrased_loss": para,
        "paraphrased_loss": para * others, "perturb_loss": bad * wrong,
        "num_token_paraphrased": others, "num_token_perturb": wrong,
    }


def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def aggregates(log):
    out = {}
    for task, rows in log.items():
        loss, para, bad = (np.array(rows[key]) for key in ("avg_gt_loss", "avg_paraphrased_loss", "average_perturb_loss"))
        p, q = np.exp(-loss), np.exp(-bad)
        s = {"geo": np.exp(bad.mean(1) - para), "arith": np.exp(-para) / q.mean(1)}
        ratio = {form: np.minimum(x, 1 / x).mean() if "forget" in task else np.maximum(0, 1 - 1 / x).mean() for form, x in s.items()}
        out[task] = {"n": len(p), "rouge": np.mean(rows["rougeL_recall"]),
                     "probability": (p if "wo_options" not in task else p / (p + q.sum(1))).mean(),
                     "truth_ratio": ratio["geo"], "truth_ratio_arithmetic": ratio["arith"], "s": s["geo"].tolist()}
    for name, key in (("model_utility", "truth_ratio"), ("model_utility_arithmetic", "truth_ratio_arithmetic")):
        out[name] = hmean([out[t][m] for t, _, _ in TASKS[:3] for m in ("rouge", "probability", key)])
    return out


rng = np.random.default_rng(20240408)
unlearned = {task: columns(rng, n, k, task) for task, n, k in TASKS}
retained = {task: columns(rng, n, k, task) for task, n, k in TASKS}
results = {"npo_format": aggregates(unlearned), "tofu_format": aggregates(retained)}
test = ks_2samp(results["npo_format"]["eval_log_forget.json"]["s"], results["tofu_format"]["eval_log_forget.json"]["s"])
results["forget_quality"], results["ks_statistic"] = test.pvalue, test.statistic

lists = {task: {key: plain(value) for key, value in rows.items()} for task, rows in unlearned.items()}
for rows in lists.values():
    rows["kl_divergence"] = [0.125 * i for i in range(len(rows["avg_gt_loss"]))]
keyed = {task: {key: {str(len(plain(value)) - 1 - i): x for i, x in enumerate(plain(value))} for key, value in rows.items()}
         for task, rows in retained.items()}
for name, value in (("npo_format", lists), ("tofu_format", keyed), ("aggregates", results)):
    (HERE / f"{name}.json").write_text(json.dumps(value, indent=None) + "\n", encoding="utf-8")
