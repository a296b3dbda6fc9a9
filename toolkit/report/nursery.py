"""The nursery: a process that has loaded what reports need, and forks a kernel from itself for each that asks.

A kernel from here starts in a tenth of a second, and nothing of one run can reach another: each has a process of
its own, which begins in the same state. Where a system cannot fork, or the nursery has ended, kernels start cold.
"""

import ast
import gc
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from toolkit import shipped
from toolkit.report.kernel import environment
from toolkit.report.parameters import load

_KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger")  # the last is loaded by every kernel

_WATCHED = 0.2  # seconds of the processor after which a nursery that loads looks whether its batch is still there


@contextmanager
def nursery() -> Iterator[Path | None]:
    """Yield the socket of a nursery that lasts as long as the context; None where a system cannot fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    with (
        tempfile.TemporaryDirectory(prefix="attribution-", ignore_cleanup_errors=True) as folder,
        socket.socket(socket.AF_UNIX) as listening,
    ):
        listening.bind(f"{folder}/nursery")
        listening.listen(128)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "toolkit.report.nursery", str(listening.fileno())],
            stdin=subprocess.PIPE,  # closed with the batch, however that ends
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(folder) | {"OMP_NUM_THREADS": "1"},
            pass_fds=[listening.fileno()],
            process_group=0,
        )
        listening.close()
        try:
            yield Path(folder, "nursery")
        finally:
            process.communicate()


class Forked:
    """A forked kernel as jupyter_client expects a process to be; it lives no longer than the connection."""

    stdin = stdout = stderr = None

    def __init__(self, nursery: Path, cmd: list[str], env: dict[str, str], cwd: str) -> None:
        """Ask for a kernel.

        Raises
        ------
        OSError
            When the nursery has ended.
        """
        self.returncode: int | None = None
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(str(nursery))
        except OSError:
            self._connection.close()
            raise
        order = json.dumps({"arguments": cmd[cmd.index("-f") :], "env": env, "cwd": cwd})
        self._connection.sendall(order.encode("utf-8", "surrogateescape") + b"\n")
        self._answers = self._connection.makefile("rb")
        answer = self._answers.readline()
        if not answer:
            raise ConnectionError("the nursery has ended")
        self.pid = int(answer)

    def poll(self) -> int | None:
        """Return the exit status, or None while the kernel runs."""
        if self.returncode is None:
            self._connection.setblocking(False)
            try:
                self._ended(self._connection.recv(64))
            except BlockingIOError:
                pass
            except OSError:
                self._ended(b"")
        return self.returncode

    def wait(self) -> int:
        """Return the exit status when the kernel has ended."""
        if self.returncode is None:
            self._connection.setblocking(True)
            self._ended(self._connection.recv(64))
        self._answers.close()
        self._connection.close()
        return self.returncode or 0

    def _ended(self, status: bytes) -> None:
        self.returncode = int(status or b"1")

    def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


class Provisioner(LocalProvisioner):
    """Let a kernel be forked by the nursery instead of starting Python anew."""

    def __init__(self, nursery: Path, **kwargs: Any) -> None:
        """Fork from the nursery at this socket."""
        self._nursery = nursery
        super().__init__(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch a kernel with a command, of which the arguments count."""
        cwd = str(kwargs.get("cwd") or Path.cwd())
        try:
            process = Forked(self._nursery, cmd, kwargs["env"], cwd)
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]
        self.pid = self.pgid = process.pid
        self.cwd = cwd
        return self.connection_info


def _load() -> None:
    """Do once all that the report on an article does, so that modules, word lists, weights and fonts are loaded.

    What this leaves is the same at every start, and caches alone: a kernel gives the same bytes without it.
    """
    import toolkit

    for name in _KERNEL:
        import_module(name)
    for name in toolkit.__all__:
        getattr(toolkit, name)
    names: dict[str, Any] = {}
    for cell in load("article").node.cells:
        if cell.cell_type == "code":
            *first, last = ast.parse(cell.source).body
            exec(compile(ast.Module(first, []), "<nursery>", "exec"), names)
            if isinstance(last, ast.Expr):
                shown = eval(compile(ast.Expression(last.value), "<nursery>", "eval"), names)
                shown._repr_mimebundle_()
            else:
                exec(compile(ast.Module([last], []), "<nursery>", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names["source"] = str(shipped.sample())
    del names
    gc.collect()
    gc.freeze()  # what all kernels share stays shared


def _serve(listening: socket.socket) -> None:
    """Fork a kernel for each connection; tell it the process id, at last the exit status. End with standard input."""
    awake, alarm = socket.socketpair()
    for end in (awake, alarm):
        end.setblocking(False)
    signal.set_wakeup_fd(alarm.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    kernels: dict[int, socket.socket] = {}
    selector = selectors.DefaultSelector()
    for source in (listening, awake, sys.stdin):
        selector.register(source, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            source = key.fileobj
            if source is sys.stdin:
                for pid in kernels:
                    _kill(pid)
                return
            if source is listening:
                connection, _ = listening.accept()
                order = connection.makefile("rb").readline()
                if not order:
                    connection.close()
                    continue
                own = os.getpid()
                pid = os.fork()
                if not pid:
                    signal.set_wakeup_fd(-1)
                    for other in [listening, awake, alarm, connection, *kernels.values()]:
                        other.close()
                    selector.close()
                    _become_kernel(json.loads(order.decode("utf-8", "surrogateescape")), own)
                _lead_group(pid)
                with suppress(OSError):  # who asked may have ended; then its kernel is ended below
                    connection.sendall(b"%d\n" % pid)
                kernels[pid] = connection
                selector.register(connection, selectors.EVENT_READ, pid)
            elif source is awake:
                awake.recv(4096)
                for pid, status in _ended(kernels):
                    connection = kernels.pop(pid)
                    if connection in selector.get_map():
                        selector.unregister(connection)
                    with connection, suppress(OSError):
                        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            elif key.data in kernels:  # nobody waits for this kernel any more
                _kill(key.data)
                selector.unregister(source)


def _ended(kernels: dict[int, socket.socket]) -> list[tuple[int, int]]:
    found = []
    for pid in list(kernels):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            found.append((pid, status))
    return found


def _kill(pid: int) -> None:
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def _lead_group(pid: int) -> None:
    with suppress(OSError):  # the other side may have been first
        os.setpgid(pid, pid)


def _become_kernel(order: dict[str, Any], nursery: int) -> None:
    """Make this forked process what `python -m ipykernel_launcher` would be; it ends with the nursery's process."""
    _lead_group(0)
    for signum, handler in (
        (signal.SIGCHLD, signal.SIG_DFL),
        (signal.SIGTERM, signal.SIG_DFL),
        (signal.SIGINT, signal.default_int_handler),
    ):
        signal.signal(signum, handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"] | {"JPY_PARENT_PID": str(nursery)})
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher.origin if launcher else ""), *order["arguments"]]
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
    sys.exit()


def _end_with_batch(*_: object) -> None:
    """End where standard input is closed: the batch that started this process has ended."""
    if select.select([sys.stdin], [], [], 0)[0]:
        os._exit(0)


def main(listening: int) -> None:
    """Load, and fork kernels for those who ask at a socket, until the batch ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGVTALRM, _end_with_batch)
    signal.setitimer(signal.ITIMER_VIRTUAL, _WATCHED, _WATCHED)
    _load()
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    _serve(socket.socket(fileno=listening))


if __name__ == "__main__":
    main(int(sys.argv[1]))
