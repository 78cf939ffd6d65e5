// Texts that tokenizers get wrong, drawn by SplitMix64 so that RandomTexts.cs draws the same ones.
const Mask = (1n << 64n) - 1n;

const Tricky = [
    ...("  \t\n\r\u00a0\u2003\u3000''''sdtmrevlSTſKk019٣½²AaäßñwWЖ日本한हि\u0301\u0327\u200b\u200d\ufeff\u0000\u001c.,!?<|>[]/INST▁_-$+ﬁＡÅİǅ" +
        '\u1e9b\u0323가각\u1100\u1161😀👨\u200d👩\u200d👧Ⓐ🄰'),
];
const Blocks = [0x20, 0x100, 0x370, 0x400, 0x590, 0x900, 0xe00, 0x1100, 0x1e00, 0x2000, 0x3000, 0x4e00, 0xac00, 0xfb00, 0x1d400, 0x1f300];

/** Half of the characters are tricky ones, a quarter come from common blocks, the rest from all of Unicode or from those blocks too. */
export function randomTexts(seed, count, anywhere = true) {
    let state = BigInt(seed);
    const below = n => {
        state = (state + 0x9e3779b97f4a7c15n) & Mask;
        let z = state;
        z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & Mask;
        z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & Mask;
        return Number(((z ^ (z >> 31n)) >> 11n) % BigInt(n));
    };
    const texts = [];
    for (let i = 0; i < count; i++) {
        let text = '';
        for (let left = below(41); left > 0; left--) {
            const kind = below(8);
            if (kind < 4) text += Tricky[below(Tricky.length)];
            else if (kind < 6 || !anywhere) text += String.fromCodePoint(Blocks[below(Blocks.length)] + below(0x100));
            else {
                const c = below(0x110000 - 0x800);
                text += String.fromCodePoint(c < 0xd800 ? c : c + 0x800);
            }
        }
        texts.push(text);
    }
    return texts;
}
