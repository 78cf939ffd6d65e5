"""Runs named checks against a kernel and prints one line for each: "ok NAME", "skip NAME: reason" or "failed NAME: reason"."""
import sys
import traceback

CHECKS = []


def check(function):
    """Marks a function as a check; its name with spaces is the check's name."""
    CHECKS.append(function)
    return function


def say(outcome, name, reason=""):
    print(outcome, name + (": " + " | ".join(reason.strip().splitlines()) if reason else ""), flush=True)


def run(*arguments):
    """Runs every check with these arguments, in the order of the file; one that fails does not keep the next from running."""
    for function in CHECKS:
        name = function.__name__.replace("_", " ")
        try:
            function(*arguments)
        except BaseException:
            say("failed", name, traceback.format_exc(limit=-3))
        else:
            say("ok", name)
    sys.stdout.flush()


class Kernel:
    """A kernel with the client that started it."""

    def __init__(self):
        from jupyter_client.manager import start_new_kernel
        self.manager, self.client = start_new_kernel(kernel_name=".net-csharp", startup_timeout=60)

    def cell(self, code, timeout=30, client=None, answer=None, **options):
        """Runs a cell; returns its reply and its outputs as (type, content) pairs."""
        outputs = []

        def stdin(message):
            kernel_client.input(answer(message["content"]))

        kernel_client = client or self.client
        reply = kernel_client.execute_interactive(
            code, timeout=timeout, allow_stdin=answer is not None, stdin_hook=stdin if answer else None, stop_on_error=False,
            output_hook=lambda m: outputs.append((m["msg_type"], m["content"])), **options)
        return reply["content"], [o for o in outputs if o[0] not in ("status", "execute_input")]

    def text(self, code, **options):
        """Runs a cell that should succeed; returns what it printed, followed by its value."""
        reply, outputs = self.cell(code, **options)
        assert reply["status"] == "ok", reply
        return text_of(outputs)

    def new_client(self):
        client = self.manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        return client

    def answers(self, client=None):
        assert self.text("6 * 7", client=client) == "42"
        assert self.manager.is_alive()

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def text_of(outputs):
    return "".join(
        content["text"] if kind == "stream" and content["name"] == "stdout"
        else content["data"]["text/plain"] if kind == "execute_result" else "" for kind, content in outputs)
