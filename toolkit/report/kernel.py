"""The kernel that a report runs in: this Python, nobody's settings, the same output every time."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from traitlets import default

from toolkit import cache

# The same bytes at any time and in any place: no clock, no random hashing, one time zone.
_SAME = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": "0",
    "PYTHONWARNINGS": "ignore",
}


def environment(folder: str) -> dict[str, str]:
    """Return the variables that a kernel runs with; a folder of its own takes what it writes for itself."""
    env = {**os.environ, **_SAME, "IPYTHONDIR": folder}
    if not os.access(Path.home(), os.W_OK):
        env["MPLCONFIGDIR"] = folder  # matplotlib would complain into the report
    return env


class ReportKernelManager(AsyncKernelManager):
    """Start ipykernel with this interpreter, whatever kernels and profiles the user has set up."""

    def __init__(self, *, nursery: Path | None = None, tables: Path | None = None, **kwargs: Any) -> None:
        """Make the folder that holds the connection file, the sockets and an empty IPython profile.

        `nursery` is the socket of kernels that are warm already, `tables` the folder of a cache of tables.
        """
        self._nursery, self._tables = nursery, tables
        self._clients: list[Any] = []
        self._folder = tempfile.TemporaryDirectory(prefix="attribution-")
        kwargs["connection_file"] = os.path.join(self._folder.name, "kernel.json")  # noqa: PTH118
        super().__init__(**kwargs)

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc" if os.name == "posix" else "tcp"

    @default("ip")
    def _ip_default(self) -> str:
        return os.path.join(self._folder.name, "ipc") if os.name == "posix" else "127.0.0.1"  # noqa: PTH118

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Return the command; a module in the text's folder must not stand in for one of Python's."""
        del extra_arguments
        return [
            sys.executable,
            "-P",
            "-m",
            "ipykernel_launcher",
            "-f",
            self.connection_file,
            "--InteractiveShellApp.ignore_cwd=True",
            "--HistoryManager.enabled=False",
        ]

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        kwargs["env"] = environment(self._folder.name)
        if self._tables:
            kwargs["env"][cache.VARIABLE] = str(self._tables)
        # What a cell prints comes back through the notebook; this is only the kernel's own chatter.
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL
        if self._nursery:
            from toolkit.report.nursery import Provisioner

            self.provisioner = Provisioner(self._nursery, parent=self, kernel_spec=self.kernel_spec)
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel

    def begin(self, folder: Path) -> None:
        """Start the kernel in a folder; it is asked whether it is ready by whoever first needs it."""
        run_sync(self.start_kernel)(cwd=str(folder))

    def client(self, **kwargs: Any) -> Any:
        """Return a client, and remember it: nobody else closes those of a kernel that was lent."""
        self._clients.append(super().client(**kwargs))
        return self._clients[-1]

    def end(self) -> None:
        """Close the clients, end the kernel if it still runs, and remove its folder."""
        for client in self._clients:
            client.stop_channels()
        if self.has_kernel:
            run_sync(self.shutdown_kernel)(now=True)
        self._folder.cleanup()
