#!/usr/bin/python3
"""Writes bpe.json: merges and encodings of the plainest possible byte-level BPE, as an oracle for BytePairTokenizer.

Every round recounts all pairs of the whole corpus from scratch; encoding merges one pair at a time, found by a full scan.
Nothing is shared with the C# code: words come from GPT-2's published pattern through the `regex` module (Debian: python3-regex).
Run: /usr/bin/python3 make_bpe.py
"""
import collections
import json
import pathlib
import regex

PATTERN = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
SPECIALS = ["<|end|>", "<|pad|>"]
VOCABULARY = 640

CORPUS = [
    "What is the full name of the geology author born in Karachi, Pakistan on 06/30/1975?",
    "The author's name is Hina Ameen. She doesn't write poems; she's written 'Granite Glossary' and \"Shale Stories\".",
    "It'll rain, they've said: we're late, I'm sure he'd know... aaaa aaaaaaa aaaaaaaaaaaaa abcabc abc ababab bcabc bca",
    "Das Mädchen aß süße Äpfel; l'été à Genève, ça coûte 12,50 €. Ελληνικά γράμματα. Привет, мир! Привет!",
    "日本語のテキスト、中文文本。한국어 문장입니다. हिन्दी में लिखा हुआ। ภาษาไทย العربية עברית",
    "emoji 😀😀 👩‍👩‍👧 🇫🇷 and letters beyond the basic plane: 𝒜𝓁𝑔𝑒𝒷𝓇𝒶 𐍈𐍈𐍈 𠀀𠀁 numbers ⅷ ½ ² 𝟘𝟙 ٣٤",
    "  two  spaces,\ttabs\t\tand\n\nnew lines \r\n  indented\n\n   \n end   ",
    "no\u00a0break, em\u2003space, next\u0085line, sep\u2028\u2029, zero\u200bwidth, bom \ufeff, unit \x1f\x1c separators, nul \x00\x00",
] + [f"Author {i} was born in the year {1900 + 7 * i} and wrote {i % 5 + 1} books about the {t}s of the north."
     for i, t in enumerate("river mountain city forest river harbour city river island forest".split())]

TEXTS = CORPUS + [
    "", " ", "  ", "   x", "x   ", "\n", " \n x", "'s", "''s", "'S 'LL it's IT'S", " 's", "don't", "a'b", "'", "'r",
    "'re've'll", "rock'n'roll",
    "unseen wörter ŵith ñew ÇHARS ﷽ ẞ", "e\u0301 é", "\U0010ffff\ue000\ufffe", "12ab34 1,000.00 x²+y² 3rd", "<|end|>", "a<|pad|>b",
    "a" * 1, "a" * 2, "a" * 3, "a" * 4, "a" * 5, "a" * 6, "a" * 7, "a" * 50, "abcab", "bcabcabca", "ab" * 20,
    "\u180e \u200b \u1680\u2000 \u202f\u205f\u3000", "_under_score-dash—em", "\x1c\x1d\x1e\x1f \x0b\x0c", "😀" * 5, "\u0301alone",
    "supercalifragilisticexpialidocious authorship northern Karachi's", "A\u0300B ᾳ ǅ ʰ ª º",
]


def byte_characters():
    same = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table = {b: chr(b) for b in same}
    for n, b in enumerate(b for b in range(256) if b not in table):
        table[b] = chr(256 + n)
    return table


CHARACTER = byte_characters()


def symbols(word):
    return [CHARACTER[b] for b in word.encode("utf-8")]


def train():
    vocabulary = SPECIALS + sorted(CHARACTER.values())
    words = collections.Counter(w for text in CORPUS for w in PATTERN.findall(text))
    state = {w: symbols(w) for w in words}
    merges = []
    while len(vocabulary) < VOCABULARY:
        number = {token: i for i, token in enumerate(vocabulary)}
        counts = collections.Counter()
        for w, n in words.items():
            for pair in zip(state[w], state[w][1:]):
                counts[pair] += n
        if not counts or max(counts.values()) < 2:
            break
        best = min(counts, key=lambda p: (-counts[p], number[p[0]], number[p[1]]))
        merged = best[0] + best[1]
        vocabulary.append(merged)
        merges.append(best)
        for w, s in state.items():
            out, i = [], 0
            while i < len(s):
                if tuple(s[i:i + 2]) == best:
                    out.append(merged)
                    i += 2
                else:
                    out.append(s[i])
                    i += 1
            state[w] = out
    return vocabulary, merges


def encode(text, vocabulary, merges):
    number = {token: i for i, token in enumerate(vocabulary)}
    rank = {pair: i for i, pair in enumerate(merges)}
    ids = []
    for word in PATTERN.findall(text):
        s = symbols(word)
        while True:
            found = min(((rank[p], i) for i, p in enumerate(zip(s, s[1:])) if p in rank), default=None)
            if found is None:
                break
            i = found[1]
            s[i:i + 2] = [s[i] + s[i + 1]]
        ids += [number[t] for t in s]
    return ids


def main():
    vocabulary, merges = train()
    out = {
        "corpus": CORPUS,
        "specialTokens": SPECIALS,
        "vocabularySize": VOCABULARY,
        "vocabulary": vocabulary,
        "merges": merges,
        "encodings": [{"text": t, "words": PATTERN.findall(t), "ids": encode(t, vocabulary, merges)} for t in TEXTS],
    }
    path = pathlib.Path(__file__).with_name("bpe.json")
    path.write_text(json.dumps(out, indent=0) + "\n", encoding="utf-8")
    print(len(vocabulary), "tokens,", len(merges), "merges,", len(TEXTS), "texts")


if __name__ == "__main__":
    main()
