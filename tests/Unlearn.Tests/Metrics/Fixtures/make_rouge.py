#!/usr/bin/python3
"""Writes rouge.json: ROUGE-L by the rules of Google's rouge_score with NLTK's stemmer, as an oracle for RougeL.

The rules are restated here: lower case, [^a-z0-9]+ to a space, split, tokens longer than three characters stemmed; the longest common
subsequence by a recursion over index pairs, not by the two-row table of the library.
Run: /usr/bin/python3 make_rouge.py FOLDER_OF_TOFU    (Debian: python3-nltk)
"""
import functools
import json
import pathlib
import re
import sys

from nltk.stem.porter import PorterStemmer

sys.setrecursionlimit(100000)
STEMMER = PorterStemmer()

EDGES = [
    ("", ""), ("word", ""), ("", "word"), ("...", "word"), ("word", "?!"), ("a", "a"), ("a b c", "c b a"), ("a b c d", "b d"),
    ("The cats were running", "the cat runs"), ("ties tied tying tie", "tie tie tie tie"), ("don't", "dont"), ("don't", "don t"),
    ("12,50 and 3.14", "12 50 3 14"), ("naïve café", "na ve caf"), ("ÅNGSTRÖM", "ngstr m"), ("\u212aelvin", "kelvin"),
    ("\u0130stanbul", "i stanbul"), ("\u0130stanbul", "istanbul"), ("日本語", "日本語"), ("x" * 300, "x" * 300), ("under_score", "under score"),
    ("same same same same", "same same"), ("line\none\ttwo", "line one two"), ("generalizations", "generalization"), ("fly", "flies"),
    ("A\u0301B", "a b"), ("ſtop", "stop"), ("１２", "12"), ("😀 ok", "ok"), ("a-b-c-d-e", "e-d-c-b-a"),
]


def tokens(text):
    words = re.split(r"\s+", re.sub(r"[^a-z0-9]+", " ", text.lower()))
    return [w for w in (STEMMER.stem(w) if len(w) > 3 else w for w in words) if re.match(r"^[a-z0-9]+$", w)]


def longest_common_subsequence(a, b):
    @functools.lru_cache(maxsize=None)
    def best(i, j):
        if i == len(a) or j == len(b):
            return 0
        return 1 + best(i + 1, j + 1) if a[i] == b[j] else max(best(i + 1, j), best(i, j + 1))
    return best(0, 0)


def score(truth, generated):
    a, b = tokens(truth), tokens(generated)
    if not a or not b:
        return 0.0, 0.0, 0.0
    common = longest_common_subsequence(tuple(a), tuple(b))
    p, r = common / len(b), common / len(a)
    return p, r, 2 * p * r / (p + r) if p + r > 0 else 0.0


def rows(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() if line]


def main(tofu):
    pairs = list(EDGES)
    for row in rows(pathlib.Path(tofu) / "forget10_perturbed.json")[::9]:
        pairs += [(row["answer"], row["paraphrased_answer"]), (row["answer"], row["perturbed_answer"][0]), (row["question"], row["answer"])]
    out = []
    for truth, generated in pairs:
        p, r, f = score(truth, generated)
        out.append({"truth": truth, "generated": generated, "truthTokens": tokens(truth), "precision": p, "recall": r, "f1": f})
    path = pathlib.Path(__file__).with_name("rouge.json")
    path.write_text(json.dumps(out, indent=0) + "\n", encoding="utf-8")
    print(len(out), "pairs,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
