"""Writes binary.json: scores and labels with what scikit-learn says of them.

/usr/bin/python3 make_binary.py        (Debian: python3-sklearn)
"""
import json
import pathlib
import random

from sklearn import metrics

random.seed(7)
cases = []
for count, levels, threshold in [(40, 10, 0.5), (200, 1000, 0.3), (25, 3, 0.9), (300, 20, 0.05)]:
    labels = [random.random() < 0.4 for _ in range(count)]
    scores = [min(1, max(0, round(random.gauss(0.6 if label else 0.4, 0.25) * levels) / levels)) for label in labels]
    flagged = [score > threshold for score in scores]
    false_positive_rate, recall, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    bins, error = 10, 0.0
    for k in range(bins):
        inside = [i for i, score in enumerate(scores) if min(bins - 1, int(score * bins)) == k]
        if inside:
            error += abs(sum(scores[i] for i in inside) - sum(labels[i] for i in inside)) / count
    cases.append({
        "scores": scores, "labels": labels, "threshold": threshold,
        "accuracy": metrics.accuracy_score(labels, flagged),
        "precision": metrics.precision_score(labels, flagged, zero_division=0),
        "recall": metrics.recall_score(labels, flagged, zero_division=0),
        "f1": metrics.f1_score(labels, flagged, zero_division=0),
        "auc": metrics.roc_auc_score(labels, scores),
        "brier": metrics.brier_score_loss(labels, scores),
        "calibrationError": error,
        "curve": [list(point) for point in zip(false_positive_rate, recall)],
    })

text = json.dumps({"cases": cases}, separators=(",", ":"))
(pathlib.Path(__file__).parent / "binary.json").write_text(text + "\n", encoding="utf-8", newline="\n")
