"""What broken, hostile and unlucky clients and cells do to the kernel: it stays up and answers."""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time

import zmq

from checks import Kernel, check, run, text_of


def address(kernel, channel):
    info = kernel.manager.get_connection_info()
    return info["ip"], info[channel + "_port"]


@check
def ten_thousand_malformed_or_wrongly_signed_messages(kernel):
    context = zmq.Context()
    try:
        for channel in ("shell", "control", "stdin"):
            dealer = context.socket(zmq.DEALER)
            dealer.linger = 5000
            dealer.connect("tcp://%s:%d" % address(kernel, channel))
            header, content = b'{"msg_type":"execute_request","msg_id":"1"}', b'{"code":"Environment.Exit(1)"}'
            signed = [b"<IDS|MSG>", b"0" * 64, header, b"{}", b"{}", content]
            for number in range(3334):
                dealer.send_multipart((signed, signed[:3], [b"", b"\xff" * 50], [b"<IDS|MSG>"] * 7)[number % 4])
            dealer.close()
    finally:
        context.term()
    kernel.answers()


@check
def well_signed_nonsense(kernel):
    client = kernel.client
    for content in ({}, {"code": 5}, {"code": None, "silent": "yes"}):
        client.shell_channel.send(client.session.msg("execute_request", content))
        reply = client.get_shell_msg(timeout=10)
        assert reply["content"]["status"] == "error" and "code" in reply["content"]["evalue"], reply
    for kind, content in (("complete_request", {"code": "Con", "cursor_pos": -7}), ("inspect_request", {"cursor_pos": 10 ** 6}),
                          ("history_request", {"hist_access_type": "tail", "n": -1}), ("is_complete_request", {"code": "\0{{{"})):
        client.shell_channel.send(client.session.msg(kind, content))
        assert client.get_shell_msg(timeout=10)["msg_type"] == kind.replace("request", "reply")
    # Python writes the frames itself, so that JSON which no library would write is signed rightly.
    for parts in ([b"[]"] * 4, [b"{"] * 4, [b'{"msg_type":"\\ud800"}', b"{}", b"{}", b"{}"], [b"[" * 9999] * 4, [b"\xff"] * 4):
        frames = [b"<IDS|MSG>", client.session.sign(parts)] + parts
        client.shell_channel.socket.send_multipart(frames)
    kernel.answers()


@check
def half_open_and_hostile_connections(kernel):
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(16) + bytes(32)
    ready = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
    starts = [b"", b"GET / HTTP/1.1\r\n\r\n", greeting[:10], greeting, greeting.replace(b"NULL", b"PLAI"),
              greeting + b"\x02" + b"\xff" * 8, greeting + b"\x04\x03\x05RE", greeting + ready + b"\x03" + b"\x7f" * 8,
              greeting + ready + b"\x03" + (1 << 24).to_bytes(8, "big") + b"x", greeting + ready + b"\x01\x00" * 1000, os.urandom(2000)]
    peers = []
    for channel in ("shell", "control", "stdin", "iopub", "hb"):
        for start in starts:
            peer = socket.create_connection(address(kernel, channel))
            peer.sendall(start)
            peers.append(peer)
        socket.create_connection(address(kernel, channel)).close()
    kernel.answers()
    for peer in peers:
        peer.close()
    kernel.answers()


@check
def fifty_megabytes_of_output(kernel):
    assert len(kernel.text("Console.Write(new string('x', 50_000_000));", timeout=60)) == 50_000_000
    long = kernel.text('for (var i = 0; i < 50; i++) Console.Write(new string((char)(65 + i % 26), 1_000_000)); 7', timeout=60)
    assert len(long) == 50_000_001 and long[:2] == "AA" and long[-2:] == "X7", (len(long), long[:2], long[-2:])
    kernel.answers()


@check
def a_hundred_thousand_lines_arrive_in_order(kernel):
    lines = kernel.text("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);", timeout=60).split()
    assert lines == [str(i) for i in range(100_000)], len(lines)


@check
def a_subscriber_that_never_reads(kernel):
    context = zmq.Context()
    try:
        subscriber = context.socket(zmq.SUB)
        subscriber.rcvhwm, subscriber.linger = 1, 0
        subscriber.subscribe("")
        subscriber.connect("tcp://%s:%d" % address(kernel, "iopub"))
        time.sleep(0.5)
        assert len(kernel.text("Console.Write(new string('x', 50_000_000));", timeout=60)) == 50_000_000
        assert len(kernel.text("Console.Write(new string('y', 50_000_000));", timeout=60)) == 50_000_000
        kernel.answers()
        subscriber.close()
    finally:
        context.term()


@check
def an_exception_that_leaves_a_thread(kernel):
    kernel.cell('var thread = new System.Threading.Thread(() => throw new Exception("boom")); thread.Start(); thread.Join();')
    kernel.answers()


@check
def native_code_that_prints(kernel):
    kernel.cell('using System.Runtime.InteropServices; [DllImport("libc")] static extern int printf(string text);')
    text = kernel.text(r'Console.Write("before "); printf("native\n"); Console.Write("after");')
    assert sorted(text.split()) == ["after", "before", "native"], text


@check
def halves_of_characters(kernel):
    assert kernel.text(r'Console.Write("\ud83d"); Console.Write("\ude00");') == "😀"
    reply, _ = kernel.cell(r'Console.Write("alone: \ud83d"); display("\ude00x");')
    assert reply["status"] == "ok", reply
    kernel.answers()


@check
def two_hundred_requests_at_once(kernel):
    client = kernel.client
    sent = [client.execute("%d + 1" % i) for i in range(200)]
    replies = [client.get_shell_msg(timeout=60) for _ in sent]
    assert [r["parent_header"]["msg_id"] for r in replies] == sent
    assert all(r["content"]["status"] == "ok" for r in replies)
    counts = [r["content"]["execution_count"] for r in replies]
    assert counts == list(range(counts[0], counts[0] + 200)), counts
    idle = set()
    while len(idle) < 200:
        message = client.get_iopub_msg(timeout=20)
        if message["content"].get("execution_state") == "idle":
            idle.add(message["parent_header"]["msg_id"])
    kernel.answers()


@check
def cells_that_wait_behind_a_shutdown_are_not_run(kernel):
    other = Kernel()
    try:
        with tempfile.TemporaryDirectory() as folder:
            other.client.execute('Console.WriteLine("on"); while (true) { }', stop_on_error=False)
            while other.client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
                pass
            for number in range(5):
                other.client.execute('System.IO.File.WriteAllText("%s/%d", "");' % (folder, number), stop_on_error=False)
            other.client.shell_channel.send(other.client.session.msg("shutdown_request", {"restart": False}))
            for _ in range(100):
                if not other.manager.is_alive():
                    break
                time.sleep(0.1)
            assert not other.manager.is_alive()
            assert os.listdir(folder) == [], os.listdir(folder)
    finally:
        other.stop()
    kernel.answers()


@check
def deep_nesting_is_a_compile_error(kernel):
    reply, _ = kernel.cell("var x = " + "(" * 50_000)
    assert reply["status"] == "error" and reply["ename"] == "CompilationError", reply
    kernel.answers()


@check
def a_client_that_dies_while_its_cell_runs(kernel):
    code = textwrap.dedent('''
        import sys
        from jupyter_client import BlockingKernelClient
        client = BlockingKernelClient()
        client.load_connection_file(sys.argv[1])
        client.start_channels()
        client.wait_for_ready(timeout=30)
        client.execute('for (var i = 0; i < 15; i++) { Console.WriteLine(i); System.Threading.Thread.Sleep(100); } var survived = 1;')
        while client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
            pass
        print("running", flush=True)
        sys.stdin.read()
    ''')
    other = subprocess.Popen([sys.executable, "-c", code, kernel.manager.connection_file], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"running\n"
        other.send_signal(signal.SIGKILL)
    finally:
        other.kill()
        other.wait()
    client = kernel.new_client()
    try:
        assert kernel.text("survived", client=client) == "1"
        kernel.answers(client)
    finally:
        client.stop_channels()


@check
def a_client_that_dies_while_it_is_asked(kernel):
    client = kernel.new_client()
    client.execute('await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("?")', allow_stdin=True, stop_on_error=False)
    client.get_stdin_msg(timeout=20)
    client.stop_channels()
    kernel.manager.interrupt_kernel()
    kernel.answers()


kernel = Kernel()
try:
    run(kernel)
finally:
    kernel.stop()
