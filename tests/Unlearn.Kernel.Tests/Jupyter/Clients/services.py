"""Runs services.mjs against Debian's jupyter-server, which is started for it. Arguments: node, and npm's folder."""
import sys

from server import drive, server

node, packages = sys.argv[1:]
with server("jupyter_server", "ServerApp") as (address, token):
    drive("services.mjs", node, address, token, packages)
