// node tokenizers_peer.mjs NPM_FOLDER TOKENIZER_FOLDER TEXTS_FILE: for each line on standard input encodes all texts on one thread with
// Hugging Face's JavaScript library and prints the seconds and the number of ids.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [, , npm, folder, file] = process.argv;
const { Tokenizer } = createRequire(join(npm, '/'))('@huggingface/tokenizers');
const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
const texts = JSON.parse(readFileSync(file, 'utf8'));
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
    const start = performance.now();
    let ids = 0;
    for (const text of texts) ids += tokenizer.encode(text, { add_special_tokens: true }).ids.length;
    console.log(`${(performance.now() - start) / 1000} ${ids}`);
}
