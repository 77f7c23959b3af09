"""How gunicorn serves the site: read by every `gunicorn` that is started in this folder.

Figures and reasons: benchmarks/README.md, "Application server". How many workers there are says
WEB_CONCURRENCY, which gunicorn reads itself; where it listens, --bind or systemd's socket.
"""

import gc
import os
import subprocess
import sys

wsgi_app = "config.wsgi"
pythonpath = "site"
worker_class = "gthread"
threads = 4
if "WEB_CONCURRENCY" not in os.environ:
    workers = os.cpu_count() or 2

timeout = 60  # seconds without a sign of life of the whole worker; queries have DATABASE_TIMEOUT
graceful_timeout = 60  # a request that was accepted is answered, when workers are replaced too
keepalive = 75  # longer than nginx keeps its connections, so that none closes under a request
# nginx refuses what is longer before (deploy/nginx).
limit_request_line = 8190
limit_request_field_size = 16_384

worker_tmp_dir = "/dev/shm"  # noqa: S108 - the workers' sign of life, which no slow disk delays
control_socket_disable = True  # systemd and signals do what it offers
loglevel = "warning"


def post_fork(server, worker):
    from config import memory

    memory.give_back()


def post_worker_init(worker):
    """Have Python look for garbage among what requests make, and not in the site's code as well.

    It looks through everything only when a quarter has been added since the last time: beside the
    240,000 objects of the code that is tens of megabytes of garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 4)


def on_starting(server):
    """End with the mistakes of the environment, if there are any, before a worker is started.

    In a process of its own: a module imported here would stay as it is when workers are replaced
    by those of a new version.
    """
    path = os.pathsep.join(("site", os.environ.get("PYTHONPATH", "")))
    check = [sys.executable, "-m", "config.safety"]
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.production")
    if settings == "config.settings.production":
        code = subprocess.run(check, env=os.environ | {"PYTHONPATH": path}).returncode  # noqa: S603
        if code:
            sys.exit(code)
