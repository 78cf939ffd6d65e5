"""Runs services.mjs against Debian's jupyter-server, which is started for it. Arguments: node, and npm's folder."""
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request

node, packages = sys.argv[1:]
token = secrets.token_hex(16)
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
address = "http://127.0.0.1:%d/" % port
server = subprocess.Popen(
    [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=%d" % port,
     "--ServerApp.port_retries=0", "--ServerApp.token=" + token, "--ServerApp.root_dir=" + os.getcwd(), "--ServerApp.log_level=ERROR"],
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(address + "api?token=" + token, timeout=5).read()
            break
        except OSError:
            if server.poll() is not None:
                sys.exit("jupyter-server ended: " + server.stderr.read().decode())
            time.sleep(0.1)
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "services.mjs")
    subprocess.run([node, script, address, token, packages], timeout=150, check=True)
finally:
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
