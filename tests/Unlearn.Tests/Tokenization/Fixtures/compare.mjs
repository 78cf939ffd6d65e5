// node compare.mjs NPM_FOLDER LIBRARY TOKENIZER_FOLDER IDS_FILE
// Prints, as JSON, the texts for which the library has other ids than the file.
// LIBRARY is tokenizers (Hugging Face's Rust library) or @huggingface/tokenizers (its JavaScript one).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , npm, library, folder, file] = process.argv;
const { Tokenizer } = createRequire(join(npm, '/'))(library);
const path = join(folder, 'tokenizer.json'),
    config = join(folder, 'tokenizer_config.json');
let encode;
if (library === 'tokenizers') {
    const tokenizer = Tokenizer.fromFile(path);
    encode = async text => (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
} else {
    const tokenizer = new Tokenizer(JSON.parse(readFileSync(path)), existsSync(config) ? JSON.parse(readFileSync(config)) : {});
    encode = text => tokenizer.encode(text, { add_special_tokens: true }).ids;
}
const different = [];
for (const { text, ids } of JSON.parse(readFileSync(file, 'utf8'))) {
    if ((await encode(text)).join(' ') !== ids.join(' ')) different.push(text);
}
console.log(JSON.stringify(different));
