// node compare.mjs NPM_FOLDER TOKENIZER_FOLDER IDS_FILE LIBRARY…
// Prints, as JSON, for each library the places of the texts for which it has other ids than the file.
// LIBRARY is tokenizers (Hugging Face's Rust library) or @huggingface/tokenizers (its JavaScript one).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , npm, folder, file, ...libraries] = process.argv;
const path = join(folder, 'tokenizer.json'),
    config = join(folder, 'tokenizer_config.json');
const read = name => JSON.parse(readFileSync(name, 'utf8'));

function encoder(library) {
    const { Tokenizer } = createRequire(join(npm, '/'))(library);
    if (library === 'tokenizers') {
        const tokenizer = Tokenizer.fromFile(path);
        return async text => (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
    }
    const tokenizer = new Tokenizer(read(path), existsSync(config) ? read(config) : {});
    return text => tokenizer.encode(text, { add_special_tokens: true }).ids;
}

const ours = read(file);
const different = {};
for (const library of libraries) {
    const encode = encoder(library);
    different[library] = [];
    for (const [place, { text, ids }] of ours.entries()) {
        if ((await encode(text)).join(' ') !== ids.join(' ')) different[library].push(place);
    }
}
console.log(JSON.stringify(different));
