#!/usr/bin/python3
"""Writes stems.txt: words and their stems by NLTK's PorterStemmer in its default mode, as an oracle for PorterStemmer.

Words: all of TOFU's that are longer than three letters, every fifteenth of Debian's wamerican, and made-up ones that pile suffixes up.
One word a line, cut where its stem ends, with what the stem adds: "happ|y>i" is happy -> happi, "relat|ional" is relational -> relat.
Run: /usr/bin/python3 make_stems.py FOLDER_OF_TOFU    (Debian: python3-nltk, wamerican)
"""
import os
import pathlib
import random
import re
import sys

from nltk.stem.porter import PorterStemmer

SUFFIXES = """ational tional enci anci izer bli abli alli entli eli ousli ization ation ator alism iveness fulness ousness aliti iviti
biliti fulli logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize eed
ed ing ies ied s ss sses y e ll at bl iz tt""".split()


def words_of(path):
    return re.sub("[^a-z0-9]+", " ", pathlib.Path(path).read_text(encoding="utf-8").lower()).split()


def main(tofu):
    words = {w for file in sorted(pathlib.Path(tofu).glob("*.json*")) for w in words_of(file) if len(w) > 3 and not w.isdigit()}
    words |= set(sorted(set(words_of("/usr/share/dict/american-english")))[::15])
    draw = random.Random(1980)
    while len(words) < 19000:
        start = "".join(draw.choice("aeiouybcdlstwxz9") for _ in range(draw.randrange(5)))
        words.add(start + "".join(draw.choice(SUFFIXES) for _ in range(draw.randrange(1, 4))))
    words |= {"y" * n for n in range(1, 8)} | {"a" + "y" * n for n in range(1, 8)} | set(PorterStemmer().pool)

    stemmer = PorterStemmer()
    lines = []
    for word in sorted(words):
        stem = stemmer.stem(word)
        kept = os.path.commonprefix([word, stem])
        lines.append(kept + "|" + word[len(kept):] + (">" + stem[len(kept):] if len(kept) < len(stem) else ""))
    text = "\n".join(lines) + "\n"
    pathlib.Path(__file__).with_name("stems.txt").write_text(text, encoding="utf-8")
    print(len(lines), "words,", len(text), "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
