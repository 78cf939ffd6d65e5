"""Writes unicode_forms.txt beside itself: what Unicode normalisation needs to know of each character, from Python's unicodedata.

One character a line: code point, canonical combining class, kind and decomposition, in hexadecimal where they are characters.
Kinds: '=' canonical and composed again, '<' canonical but never composed, '~' compatibility, '-' none (combining class only).
Hangul syllables are computed and left out.      python3 make_unicode_forms.py
"""
import pathlib
import sys
import unicodedata

lines = [f"# Unicode {unicodedata.unidata_version}, by make_unicode_forms.py: code point, combining class, kind, decomposition"]
for code in range(sys.maxunicode + 1):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code <= 0xD7A3:
        continue
    character = chr(code)
    combining = unicodedata.combining(character)
    decomposition = unicodedata.decomposition(character).split()
    if not decomposition and not combining:
        continue
    kind = "-"
    if decomposition:
        if decomposition[0].startswith("<"):
            kind, decomposition = "~", decomposition[1:]
        else:
            kind = "=" if unicodedata.normalize("NFC", character) == character else "<"
    lines.append(" ".join([f"{code:X}", str(combining), kind, *(f"{int(part, 16):X}" for part in decomposition)]))
pathlib.Path(__file__).with_name("unicode_forms.txt").write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
