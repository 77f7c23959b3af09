"""How a process gives back what it has freed: for those that run for hours."""

import ctypes

# Of glibc's malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
KILOBYTE = 1024


def give_back():
    """Have this process return freed memory to the system (benchmarks/README.md, "Memory").

    By default glibc gives each thread arenas of its own, and what is freed in one stays there; and
    after the first large block it keeps such blocks for the next ones, up to 64 MB. Variables of
    the environment would do the same, but stand in every unit and container that starts a process.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
    if mallopt:
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_MMAP_THRESHOLD, 64 * KILOBYTE)
        mallopt(M_TRIM_THRESHOLD, 128 * KILOBYTE)
