"""The text of a file, read by a process of its own within the bounds of ATTACHMENT_LIMITS."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from .reader import Outcome

READER = Path(__file__).with_name("reader.py")
# Nothing else of the environment: it holds the site's secrets.
ENVIRONMENT = ("LD_LIBRARY_PATH",)


def extract(file) -> tuple[Outcome, str]:
    """Return what became of a Django ``File`` open for reading, and its text as far as it was read.

    A hostile file costs at most the limits; whatever it does ends as an outcome. Raises OSError
    when the file can't be read from the storage or no process can be started.
    """
    limits = settings.ATTACHMENT_LIMITS
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        if file.size > limits["size"]:
            return Outcome.TOO_LARGE, ""
        shutil.copyfileobj(file, source)  # a file of this machine, wherever the storage has it
        source.seek(0)
        outcome = _run(limits, source, target)
        target.seek(0)
        text = target.read().decode(errors="ignore")
    if text and outcome is not Outcome.READ:
        outcome = Outcome.PARTLY
    return outcome, text


def _run(limits, source, target) -> Outcome:
    try:
        code = subprocess.run(  # noqa: S603 (our own program, and no part of the file's name)
            [sys.executable, "-I", str(READER), json.dumps(limits)],
            stdin=source,
            stdout=target,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            timeout=limits["seconds"],
        ).returncode
    except subprocess.TimeoutExpired:
        return Outcome.TOO_COSTLY
    if code < 0:  # ended by the system: processor time, memory
        return Outcome.TOO_COSTLY
    return Outcome(code) if code in set(Outcome) else Outcome.BROKEN
