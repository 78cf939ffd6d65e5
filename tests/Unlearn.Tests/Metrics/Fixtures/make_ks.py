#!/usr/bin/python3
"""Writes ks.json: the exact two-sample Kolmogorov-Smirnov test, as an oracle for KolmogorovSmirnov.

Small samples: every arrangement is enumerated (itertools), the definition itself. Larger ones: scipy.stats.ks_2samp, method exact.
Run: /usr/bin/python3 make_ks.py    (Debian: python3-scipy)
"""
import fractions
import itertools
import json
import pathlib
import random

from scipy.stats import ks_2samp


def gap(arrangement, n, m):
    i = j = largest = 0
    for in_a in arrangement:
        i, j = (i + 1, j) if in_a else (i, j + 1)
        largest = max(largest, abs(i * m - j * n))
    return largest


def enumerated(n, m):
    gaps = []
    for chosen in itertools.combinations(range(n + m), n):
        arrangement = [k in chosen for k in range(n + m)]
        gaps.append((gap(arrangement, n, m), arrangement))
    cases = {}
    for g, arrangement in gaps:
        cases.setdefault(g, arrangement)
    for g, arrangement in sorted(cases.items()):
        p = fractions.Fraction(sum(other >= g for other, _ in gaps), len(gaps))
        yield {
            "a": [float(k) for k, in_a in enumerate(arrangement) if in_a],
            "b": [float(k) for k, in_a in enumerate(arrangement) if not in_a],
            "statistic": g / (n * m), "pValue": float(p),
        }


def drawn(n, m, shift, digits, seed):
    draw = random.Random(seed)
    a = [round(draw.gauss(0, 1), digits) for _ in range(n)]
    b = [round(draw.gauss(shift, 1), digits) for _ in range(m)]
    result = ks_2samp(a, b, method="exact")
    return {"a": a, "b": b, "statistic": float(result.statistic), "pValue": float(result.pvalue)}


def main():
    cases = [case for n, m in [(1, 1), (1, 4), (3, 3), (4, 3), (5, 7), (6, 4), (6, 6)] for case in enumerated(n, m)]
    cases += [drawn(n, m, shift, digits, seed) for seed, (n, m, shift, digits) in enumerate([
        (40, 40, 0.3, 6), (40, 40, 2, 6), (30, 50, 0.5, 6), (100, 37, 0.2, 6), (20, 60, 1, 1), (64, 48, 0.8, 1), (120, 90, 0.4, 3)])]
    path = pathlib.Path(__file__).with_name("ks.json")
    path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n", encoding="utf-8")
    print(len(cases), "cases,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
