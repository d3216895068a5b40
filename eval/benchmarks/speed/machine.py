"""What a measurement ran on, and what it took of it."""

import os
import platform
import resource
import sys
from pathlib import Path


def machine() -> str:
    """Cores, memory and Python; nothing that names the machine or its owner."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"


def peak_memory() -> int:
    """Most bytes of memory that this process has held at once."""
    status = Path("/proc/self/status")
    if status.is_file():
        # On Linux `ru_maxrss` begins with what the parent held when it started this process.
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # kilobytes elsewhere


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
