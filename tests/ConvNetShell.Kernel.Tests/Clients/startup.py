"""How fast kernels are, side by side: python3 startup.py KERNEL... [--rounds 5] [--cells 300].

Ready: the answer to the first kernel_info_request. First cell: the end of the cell `1`, sent as soon as the kernel is ready and
its first message on iopub was received: what a kernel publishes before the client has joined is lost.
Both in seconds from the start of the process. Trip: the median time of further cells `1`, in ms; of it, wire: from the moment a cell is
sent until its last message has come, which jupyter_client takes as long again to read.
Kernels take turns, so that other work on the machine meets all of them alike."""
import argparse
import os
import queue
import statistics
import time

import zmq
from jupyter_client.manager import KernelManager

PATIENCE = 120


def wire(client, sockets):
    """Sends a cell, and takes its messages from sockets of its own without reading them."""
    shell, iopub = sockets
    content = dict(code="1", silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True)
    frames = client.session.serialize(client.session.msg("execute_request", content))
    poller = zmq.Poller()
    poller.register(shell, zmq.POLLIN)
    poller.register(iopub, zmq.POLLIN)
    start = time.perf_counter()
    shell.send_multipart(frames)
    left = {shell, iopub}
    while left:
        for socket, _ in poller.poll(1000 * PATIENCE):
            last = socket.recv_multipart()[-1]
            if socket is shell or b'"idle"' in last:
                left.discard(socket)
    return time.perf_counter() - start


def connect(client):
    context = zmq.Context.instance()
    shell, iopub = context.socket(zmq.DEALER), context.socket(zmq.SUB)
    shell.connect("tcp://%s:%d" % (client.ip, client.shell_port))
    iopub.connect("tcp://%s:%d" % (client.ip, client.iopub_port))
    iopub.subscribe(b"")
    time.sleep(0.2)  # until the kernel knows the subscription
    return shell, iopub


def run(client):
    id = client.execute("1", allow_stdin=False)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") == id and message["content"].get("execution_state") == "idle":
            break
    while client.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != id:
        pass


def join(client):
    """Asks until a status comes through iopub, as jupyter_client's wait_for_ready does."""
    while True:
        try:
            client.get_iopub_msg(timeout=0.02)
            return
        except queue.Empty:
            client.kernel_info()


def measure(name, cells):
    manager = KernelManager(kernel_name=name)
    begin = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        id = client.kernel_info()
        while client.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != id:
            pass
        ready = time.perf_counter() - begin
        join(client)
        run(client)
        first = time.perf_counter() - begin
        trips = []
        for _ in range(cells):
            start = time.perf_counter()
            run(client)
            trips.append(time.perf_counter() - start)
        sockets = connect(client)
        sent = [wire(client, sockets) for _ in range(cells)]
        for socket in sockets:
            socket.close()
        return ready, first, 1000 * statistics.median(trips), 1000 * statistics.median(sent)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cells", type=int, default=300)
    options = parser.parse_args()
    for name in options.kernels:
        measure(name, 3)  # what is read from the disk is in memory from here on
    load = os.getloadavg()[0]
    figures = {name: [] for name in options.kernels}
    for _ in range(options.rounds):
        for name in options.kernels:
            figures[name].append(measure(name, options.cells))
    print("median of %d rounds; load before %.1f, after %.1f; %d cores" % (options.rounds, load, os.getloadavg()[0], os.cpu_count()))
    print("%-16s %8s %12s %9s %9s" % ("kernel", "ready, s", "1st cell, s", "trip, ms", "wire, ms"))
    for name, rounds in figures.items():
        print("%-16s %8.2f %12.2f %9.1f %9.1f" % ((name,) + tuple(statistics.median(column) for column in zip(*rounds))))


if __name__ == "__main__":
    main()
