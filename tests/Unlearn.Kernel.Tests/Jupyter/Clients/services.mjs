// The kernel as JupyterLab and VS Code's Jupyter extension see it: through @jupyterlab/services and a running Jupyter server.
// Arguments: the server's address and token, and the folder in which npm installed the package.
import { createRequire } from 'node:module';
import path from 'node:path';

const [baseUrl, token, folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const { KernelManager, KernelSpecManager, ServerConnection } = require('@jupyterlab/services');
const WebSocket = require('ws');

const wsUrl = baseUrl.replace('http', 'ws');
const serverSettings = ServerConnection.makeSettings({ baseUrl, wsUrl, token, WebSocket, appendToken: true });

function check(condition, message) {
    if (!condition) throw new Error(message);
}

async function cell(kernel, code, { answer, whenPrinted } = {}) {
    const outputs = [];
    const future = kernel.requestExecute({ code, allow_stdin: answer !== undefined, stop_on_error: false }, false);
    future.onIOPub = message => {
        const type = message.header.msg_type;
        if (type === 'stream' && whenPrinted) whenPrinted();
        if (type !== 'status' && type !== 'execute_input') outputs.push({ type, ...message.content });
    };
    future.onStdin = message => kernel.sendInputReply({ status: 'ok', value: answer(message.content.prompt) }, message.header);
    const reply = await future.done;
    return { reply: reply.content, outputs };
}

const checks = {
    async 'the kernel is found and starts'({ manager, specs }) {
        await specs.refreshSpecs();
        check(specs.specs.kernelspecs['.net-csharp'].language === 'C#', JSON.stringify(specs.specs));
        this.kernel = await manager.startNew({ name: '.net-csharp' });
        const info = await this.kernel.info;
        check(info.language_info.file_extension === '.cs', JSON.stringify(info));
    },
    async 'a cell prints and has a value'() {
        const { reply, outputs } = await cell(this.kernel, 'Console.WriteLine("hi"); 6 * 7');
        check(reply.status === 'ok' && outputs[0].text === 'hi\n' && outputs[1].data['text/plain'] === '42', JSON.stringify(outputs));
    },
    async 'a rich display is updated by a later cell'() {
        const first = await cell(this.kernel, 'var shown = display(HTML("<b>one</b>"));');
        const second = await cell(this.kernel, 'shown.Update(HTML("<b>two</b>"));');
        check(first.outputs[0].data['text/html'] === '<b>one</b>', JSON.stringify(first));
        // The library hands an update to the cell whose display it changes, which is how the update reaches the page.
        check(second.outputs.length === 0 && first.outputs[1].type === 'update_display_data'
            && first.outputs[1].data['text/html'] === '<b>two</b>'
            && first.outputs[1].transient.display_id === first.outputs[0].transient.display_id, JSON.stringify([first, second]));
    },
    async 'completion proposes members'() {
        const code = 'Console.Wri';
        const { content } = await this.kernel.requestComplete({ code, cursor_pos: code.length });
        check(content.matches.includes('WriteLine') && content.cursor_start === 8, JSON.stringify(content));
    },
    async 'inspection documents a method'() {
        const { content } = await this.kernel.requestInspect({ code: 'Console.WriteLine', cursor_pos: 17, detail_level: 0 });
        check(content.found && content.data['text/plain'].includes('WriteLine'), JSON.stringify(content));
    },
    async 'a cell asks for input'() {
        const code = 'await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("Name?")';
        const { outputs } = await cell(this.kernel, code, { answer: prompt => 'Ada' + prompt });
        check(outputs[0].data['text/plain'] === 'AdaName?', JSON.stringify(outputs));
    },
    async 'an interrupt stops an endless loop, again and again'() {
        for (let turn = 0; turn < 2; turn++) {
            const code = 'Console.WriteLine("on"); while (true) { }';
            const { reply } = await cell(this.kernel, code, { whenPrinted: () => this.kernel.interrupt() });
            check(reply.status === 'error', JSON.stringify(reply));
        }
        const { outputs } = await cell(this.kernel, '1 + 1');
        check(outputs[0].data['text/plain'] === '2', JSON.stringify(outputs));
    },
    async 'a restart forgets the variables'() {
        await this.kernel.restart();
        const { reply } = await cell(this.kernel, 'shown');
        check(reply.status === 'error' && reply.ename === 'CompilationError', JSON.stringify(reply));
    },
    async 'a shutdown ends the kernel'({ manager }) {
        await this.kernel.shutdown();
        await manager.refreshRunning();
        check([...manager.running()].length === 0, 'a kernel still runs');
    },
};

const manager = new KernelManager({ serverSettings });
const specs = new KernelSpecManager({ serverSettings });
const shared = {};
for (const [name, run] of Object.entries(checks)) {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within 30 s')), 30_000).unref());
    try {
        await Promise.race([run.call(shared, { manager, specs }), late]);
        console.log(`ok ${name}`);
    } catch (error) {
        console.log(`failed ${name}: ${String(error.stack ?? error).replaceAll('\n', ' | ')}`);
    }
}
process.exit(0);
