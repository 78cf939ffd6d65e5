"""Servers of Jupyter for tests that need one: JupyterLab's and the classic notebook's."""
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request


@contextlib.contextmanager
def server(module, application):
    """Runs a server in the current folder; gives its address and the token that opens it. Its kernels end with it."""
    token = secrets.token_hex(16)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = "http://127.0.0.1:%d/" % port
    options = {"ip": "127.0.0.1", "port": port, "port_retries": 0, "token": token, "log_level": "ERROR"}
    process = subprocess.Popen(
        [sys.executable, "-m", module, "--no-browser", "--allow-root"]
        + ["--%s.%s=%s" % (application, name, value) for name, value in options.items()],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address + "api?token=" + token, timeout=5).read()
                break
            except OSError:
                if process.poll() is not None:
                    sys.exit("%s ended: %s" % (module, process.stderr.read().decode()))
                time.sleep(0.1)
        yield address, token
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def drive(script, *arguments, timeout=150):
    """Runs a script of this folder with node."""
    node = arguments[0]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), script)
    subprocess.run([node, path, *arguments[1:]], timeout=timeout, check=True)
