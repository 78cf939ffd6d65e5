"""The kernel as Jupyter's own client libraries for Python see it: jupyter_client and nbclient."""
import signal
import time

import nbformat
from nbclient import NotebookClient

from checks import Kernel, check, run

# What a server in the background of a shell passes on to its kernels: they have to be interrupted all the same.
signal.signal(signal.SIGINT, signal.SIG_IGN)


@check
def a_cell_prints_and_has_a_value(kernel):
    reply, outputs = kernel.cell('Console.Write("één 😀 "); 6 * 7')
    assert reply["status"] == "ok" and reply["execution_count"] >= 1, reply
    (_, stream), (kind, result) = outputs
    assert stream == {"name": "stdout", "text": "één 😀 "}, stream
    assert kind == "execute_result" and result["data"]["text/plain"] == "42" and result["metadata"] == {}, result


@check
def stderr_is_a_stream_of_its_own(kernel):
    _, outputs = kernel.cell('Console.Write("a"); Console.Error.Write("b"); Console.Write("c");')
    assert [(o["name"], o["text"]) for _, o in outputs] == [("stdout", "a"), ("stderr", "b"), ("stdout", "c")], outputs


@check
def a_display_can_be_updated_by_a_later_cell(kernel):
    _, shown = kernel.cell('var shown = display("first"); shown.Update("second");')
    _, later = kernel.cell('shown.Update(HTML("<b>third</b>"));')
    assert [kind for kind, _ in shown + later] == ["display_data", "update_display_data", "update_display_data"], shown + later
    assert len({content["transient"]["display_id"] for _, content in shown + later}) == 1, shown + later
    assert later[0][1]["data"]["text/html"] == "<b>third</b>", later


@check
def every_output_has_plain_text_and_metadata(kernel):
    _, outputs = kernel.cell('display(HTML("<i>x</i>")); new[] { new { A = 1, B = "b" } }')
    assert len(outputs) == 2, outputs
    for _, content in outputs:
        assert content["data"]["text/plain"] and content["data"]["text/html"] and isinstance(content["metadata"], dict), content


@check
def an_exception_has_its_type_and_the_line_of_the_cell(kernel):
    reply, outputs = kernel.cell('var n = 1;\nthrow new InvalidOperationException("no luck");')
    assert reply["status"] == "error" and reply["ename"] == "InvalidOperationException" and reply["evalue"] == "no luck", reply
    assert outputs[-1][0] == "error" and any("line 2" in line for line in outputs[-1][1]["traceback"]), outputs
    assert kernel.text("n") == "1"


@check
def a_failed_cell_aborts_those_that_were_sent_behind_it(kernel):
    client = kernel.client
    sent = [client.execute(code) for code in ('throw new Exception();', '"never"', '"never"')]
    replies = {}
    while len(replies) < 3:
        message = client.get_shell_msg(timeout=20)
        replies[message["parent_header"]["msg_id"]] = message["content"]["status"]
    assert [replies[i] for i in sent] == ["error", "aborted", "aborted"], replies
    kernel.answers()


@check
def a_silent_cell_shows_nothing_and_takes_no_number(kernel):
    before = kernel.cell("1")[0]["execution_count"]
    reply, outputs = kernel.cell('Console.Write("hidden"); var quiet = 5; quiet', silent=True, store_history=False)
    assert reply["status"] == "ok" and outputs == [], outputs
    assert kernel.cell("quiet")[0]["execution_count"] == before + 1


@check
def user_expressions_are_evaluated(kernel):
    reply, _ = kernel.cell("var total = 20;", user_expressions={"double": "total * 2", "wrong": "nothing"})
    values = reply["user_expressions"]
    assert values["double"]["status"] == "ok" and values["double"]["data"]["text/plain"] == "40", values
    assert values["wrong"]["status"] == "error" and values["wrong"]["ename"], values


@check
def a_cell_asks_for_input_and_for_a_password(kernel):
    asked = []

    def answer(request):
        asked.append((request["prompt"], request["password"]))
        return "secret" if request["password"] else "Ada"

    code = 'var who = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("Name?"); who'
    assert kernel.text(code, answer=answer) == "Ada"
    code = 'var word = await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync("Word?"); who + word.GetClearTextPassword()'
    assert kernel.text(code, answer=answer) == "Adasecret"
    assert asked == [("Name?", False), ("Word?", True)], asked


@check
def a_cell_that_may_not_ask_fails_with_a_reason(kernel):
    reply, _ = kernel.cell('await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("Name?")')
    assert reply["status"] == "error" and "input" in reply["evalue"], reply


def interrupted(kernel, code):
    client = kernel.client
    request = client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=20)
        if message["msg_type"] == "stream" and message["parent_header"]["msg_id"] == request:
            break
    began = time.time()
    kernel.manager.interrupt_kernel()
    while True:
        reply = client.get_shell_msg(timeout=20)
        if reply["parent_header"]["msg_id"] == request:
            break
    assert reply["content"]["status"] == "error", reply
    assert time.time() - began < 5, time.time() - began
    kernel.answers()


@check
def an_interrupt_stops_an_endless_loop(kernel):
    interrupted(kernel, 'Console.WriteLine("on"); while (true) { }')


@check
def an_interrupt_stops_a_loop_that_awaits(kernel):
    interrupted(kernel, 'Console.WriteLine("on"); while (true) await Task.Delay(10);')


@check
def an_interrupt_by_signal_stops_an_endless_loop(kernel):
    kernel.manager.kernel_spec.interrupt_mode = "signal"
    try:
        interrupted(kernel, 'Console.WriteLine("on"); while (true) { }')
    finally:
        kernel.manager.kernel_spec.interrupt_mode = "message"


@check
def control_answers_while_a_cell_runs(kernel):
    client = kernel.client
    request = client.execute('Console.WriteLine("on"); System.Threading.Thread.Sleep(1500); 1')
    while client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    began = time.time()
    client.control_channel.send(client.session.msg("kernel_info_request"))
    reply = client.get_control_msg(timeout=5)
    assert reply["msg_type"] == "kernel_info_reply" and time.time() - began < 1, reply
    while client.get_shell_msg(timeout=20)["parent_header"]["msg_id"] != request:
        pass


@check
def an_editor_is_answered_on_control_while_a_cell_runs(kernel):
    client = kernel.client
    request = client.execute('Console.WriteLine("on"); System.Threading.Thread.Sleep(3000); 1')
    while client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    began = time.time()
    client.control_channel.send(client.session.msg("complete_request", {"code": "Math.Sq", "cursor_pos": 7}))
    reply = client.get_control_msg(timeout=20)
    assert reply["content"]["matches"] == ["Sqrt"], reply
    client.control_channel.send(client.session.msg("inspect_request", {"code": "Math.Sqrt", "cursor_pos": 9, "detail_level": 0}))
    assert client.get_control_msg(timeout=20)["content"]["found"]
    assert time.time() - began < 2.5, time.time() - began
    while client.get_shell_msg(timeout=20)["parent_header"]["msg_id"] != request:
        pass


@check
def an_interrupt_on_shell_does_not_wait_for_the_cell_that_it_is_to_stop(kernel):
    client = kernel.client
    request = client.execute('Console.WriteLine("on"); while (true) { }')
    while client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    client.shell_channel.send(client.session.msg("interrupt_request", {}))
    replies = [client.get_shell_msg(timeout=20) for _ in range(2)]
    assert [r["msg_type"] for r in replies] == ["interrupt_reply", "execute_reply"], replies
    assert replies[1]["parent_header"]["msg_id"] == request and replies[1]["content"]["status"] == "error", replies
    kernel.answers()


@check
def answers_carry_the_header_of_their_request_as_it_was(kernel):
    client = kernel.client
    message = client.session.msg("kernel_info_request", {})
    message["header"]["of_the_clients_own"] = {"z": 1.5, "a": [1e-7, "\u00e9"], "big": 2 ** 60}
    client.shell_channel.send(message)
    reply = client.get_shell_msg(timeout=10)
    assert reply["parent_header"]["of_the_clients_own"] == message["header"]["of_the_clients_own"], reply


@check
def a_comm_that_nobody_serves_is_closed(kernel):
    client = kernel.client
    client.shell_channel.send(client.session.msg("comm_open", {"comm_id": "c1", "target_name": "widget", "data": {}}))
    while True:
        message = client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "comm_close":
            break
    assert message["content"]["comm_id"] == "c1", message


@check
def completion_counts_code_points(kernel):
    code = 'var s = "😀"; Console.Wri'
    reply = kernel.client.complete(code, len(code), reply=True, timeout=30)["content"]
    assert "WriteLine" in reply["matches"], reply["matches"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (len(code) - len("Wri"), len(code)), reply


@check
def inspection_tells_what_a_method_does(kernel):
    code = "Console.WriteLine"
    reply = kernel.client.inspect(code, len(code), reply=True, timeout=30)["content"]
    assert reply["found"] and "WriteLine" in reply["data"]["text/plain"], reply


@check
def an_unknown_request_gets_an_error_and_an_idle_status(kernel):
    client = kernel.client
    message = client.session.msg("debug_request", {})
    client.shell_channel.send(message)
    reply = client.get_shell_msg(timeout=10)
    assert reply["msg_type"] == "debug_reply" and reply["content"]["status"] == "error", reply
    kernel.answers()


@check
def nbclient_runs_a_notebook(kernel):
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell('var bar = display("0 %");'),
        nbformat.v4.new_code_cell('bar.Update("100 %"); Console.WriteLine("done");'),
        nbformat.v4.new_code_cell("Enumerable.Range(1, 4).Sum()"),
    ])
    NotebookClient(notebook, kernel_name=".net-csharp", timeout=60).execute()
    first, second, third = notebook.cells
    assert first.outputs[0].data["text/plain"] == "100 %", first
    assert second.outputs[0].text == "done\n", second
    assert third.outputs[0].data["text/plain"] == "10" and third.execution_count == 3, third
    assert notebook.metadata.language_info["file_extension"] == ".cs", notebook.metadata


@check
def a_restart_forgets_the_variables(kernel):
    kernel.cell("var kept = 1;")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=30)
    reply, _ = kernel.cell("kept")
    assert reply["ename"] == "CompilationError", reply
    assert kernel.cell("1")[0]["execution_count"] == 2


@check
def a_shutdown_ends_the_process(kernel):
    began = time.time()
    kernel.manager.shutdown_kernel()
    assert not kernel.manager.is_alive() and time.time() - began < 4, time.time() - began


kernel = Kernel()
try:
    run(kernel)
finally:
    kernel.stop()
