"""Latency and memory of Jupyter kernels as a client sees them. Arguments: rounds, cells of a round, then name=code pairs, where the code
is a trivial cell. Prints one JSON object: name -> lists of first-cell seconds, median cell milliseconds and idle megabytes, by round."""
import json
import statistics
import sys
import time

import psutil
from jupyter_client.manager import KernelManager

rounds, cells = int(sys.argv[1]), int(sys.argv[2])
kernels = dict(pair.split("=", 1) for pair in sys.argv[3:])


def megabytes(manager):
    """Memory that is the kernel's alone or shared fairly: what the machine would have back without it."""
    process = psutil.Process(manager.provisioner.pid)
    return sum(p.memory_full_info().pss for p in [process] + process.children(recursive=True)) / 2 ** 20


def cell(client, code):
    began = time.perf_counter()
    client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    return time.perf_counter() - began


def measure(name, code):
    manager = KernelManager(kernel_name=name)
    began = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        cell(client, code)
        first = time.perf_counter() - began
        times = [cell(client, code) for _ in range(cells)]
        time.sleep(2)
        return {"first": first, "cell": statistics.median(times) * 1000, "memory": megabytes(manager)}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


results = {name: [] for name in kernels}
for number in range(rounds + 1):
    for name, code in kernels.items():
        measured = measure(name, code)
        if number:      # round 0 brings both programs into the file cache
            results[name].append(measured)
print(json.dumps(results))
