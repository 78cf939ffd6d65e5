// The kernel as a person at the classic notebook meets it: Chromium, driven by Playwright.
// Arguments: the server's address and token, the folder in which npm installed playwright-core, Chromium, and a folder for pictures.
import { createRequire } from 'node:module';
import path from 'node:path';

const [address, token, folder, executablePath, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.join(folder, 'package.json'))('playwright-core');

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
page.setDefaultTimeout(30_000);

function check(condition, message) {
    if (!condition) throw new Error(message);
}

const cell = index => page.locator('.cell').nth(index);
const shown = index => cell(index).locator('.output_area');
const action = name => page.locator(`button[data-jupyter-action="jupyter-notebook:${name}"]`);
const picture = name => page.screenshot({ path: path.join(pictures, `${name}.png`) });
const isIdle = () => page.waitForFunction(() => !document.querySelector('.cell.running') && Jupyter.notebook.kernel.is_connected()
    && document.querySelector('#kernel_indicator_icon').classList.contains('kernel_idle_icon'));

/** Puts a cell behind the last one, writes into it, and leaves the cursor at its end. */
async function write(text) {
    await page.evaluate(() => {
        Jupyter.notebook.insert_cell_at_bottom('code');
        Jupyter.notebook.select(Jupyter.notebook.ncells() - 1);
    });
    const last = await page.locator('.cell').count() - 1;
    await cell(last).locator('.CodeMirror').click();
    await page.keyboard.type(text);
    return last;
}

const checks = {
    async 'a notebook opens and its kernel starts'() {
        await page.goto(`${address}notebooks/browser.ipynb?token=${token}`);
        await page.waitForFunction(() => globalThis.Jupyter?.notebook?.kernel?.is_connected());
        await isIdle();
        check(await page.locator('.kernel_indicator_name').innerText() === '.NET (C#)', 'another kernel runs');
    },
    async 'run all shows text, a table, a chart and an updated display'() {
        await page.locator('#celllink').click();
        await page.locator('#run_all_cells a').click();
        await shown(4).getByText('42').waitFor();
        await isIdle();
        const table = shown(2).locator('table');
        check((await table.locator('th').allInnerTexts()).join() === 'Method,Retain', await table.innerHTML());
        check((await table.locator('tr').last().innerText()).includes('GA'), await table.innerHTML());
        const chart = shown(3).locator('img');
        const width = await chart.evaluate(image => image.naturalWidth);
        check(width >= 600, `the chart's picture is ${width} pixels wide`);
        check((await shown(4).first().innerText()).includes('done'), await cell(4).innerText());
        await picture('run-all');
    },
    async 'interrupt stops an endless loop'() {
        const last = await write('Console.WriteLine("on"); while (true) { }');
        await page.keyboard.press('Control+Enter');
        await shown(last).getByText('on', { exact: true }).waitFor();
        check((await cell(last).locator('.input_prompt').innerText()).includes('[*]'), 'the cell does not run');
        await action('interrupt-kernel').click();
        await shown(last).getByText('was interrupted').first().waitFor();
        await isIdle();
        await picture('interrupted');
    },
    async 'what was there before the interrupt is still there'() {
        const last = await write('kept * 2');
        await page.keyboard.press('Control+Enter');
        await shown(last).getByText('82').waitFor();
    },
    async 'Tab completes a member after a dot'() {
        const last = await write('Math.');
        await page.keyboard.press('Tab');
        const list = page.locator('#complete select');
        await list.waitFor();
        const proposals = (await list.locator('option').allInnerTexts()).map(text => text.trim().split(/\s/)[0]);
        check(['Abs', 'PI', 'Sqrt'].every(name => proposals.includes(name)), proposals.join());
        await picture('completion');
        await page.keyboard.press('Escape');
        await page.keyboard.type('Sq');
        await page.keyboard.press('Tab');       // one proposal is left, which is taken at once
        await cell(last).locator('.CodeMirror-line', { hasText: 'Math.Sqrt' }).waitFor();
        await page.keyboard.type('(kept - 5)');
        await page.keyboard.press('Control+Enter');
        await shown(last).getByText('6', { exact: true }).waitFor();
    },
    async 'Shift-Tab explains a method'() {
        await write('Math.Sqrt');
        await page.keyboard.press('Shift+Tab');
        await page.locator('#tooltip .tooltiptext', { hasText: 'square root' }).waitFor();
        await picture('tooltip');
        await page.keyboard.press('Escape');
    },
    async 'restart forgets the variables'() {
        await action('confirm-restart-kernel').click();
        await page.locator('.modal .btn-danger').click();
        await page.waitForFunction(() => !document.querySelector('.modal.in'));
        await isIdle();
        const last = await write('kept');
        await page.keyboard.press('Control+Enter');
        await shown(last).getByText('CS0103').first().waitFor();
        await picture('restarted');
    },
};

for (const [name, run] of Object.entries(checks)) {
    try {
        await run();
        console.log(`ok ${name}`);
    } catch (error) {
        await picture('failed').catch(() => { });
        console.log(`failed ${name}: ${String(error.stack ?? error).replaceAll('\n', ' | ')}`);
        break;      // the next would only meet what this one left behind
    }
}
await browser.close();
process.exit(0);
