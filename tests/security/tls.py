"""A server with the settings of production behind real TLS, for the time of a test."""

import contextlib
import datetime
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils.crypto import get_random_string

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for localhost, signed by itself, and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(pem))
    paths[1].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def database_url() -> str:
    """Return the address of the database of the tests, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        user += f":{quote(settings['PASSWORD'], safe='')}"
    host = settings["HOST"]
    if host.startswith("/"):
        host = f"/{host}"  # the folder of a socket, as scripts/postgres.py writes it
    elif settings["PORT"]:
        host += f":{settings['PORT']}"
    return f"postgres://{user}@{host}/{settings['NAME']}"


@contextlib.contextmanager
def production_server(folder: Path):
    """Serve the database of the tests as production does; yield the address and the certificate."""
    certificate, key = make_certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("w+") as log:
        command = [sys.executable, "-m", "gunicorn", "--chdir", "site", "config.wsgi"]
        command += ["--bind", f"fd://{listener.fileno()}", "--workers", "1", "--threads", "4"]
        command += ["--certfile", certificate, "--keyfile", key]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parent),
            "DJANGO_SETTINGS_MODULE": "production_behind_tls",
            "SECRET_KEY": get_random_string(50),
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "https://localhost",
            "DATABASE_URL": database_url(),
        }
        server = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()], stderr=log
        )
        try:
            address = f"https://localhost:{listener.getsockname()[1]}"
            wait_for(f"{address}/robots.txt", certificate, server, log)
            yield address, certificate
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(address, certificate, server, log):
    trusting = ssl.create_default_context(cafile=certificate)
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, context=trusting, timeout=PATIENCE).close()  # noqa: S310
            return
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The server did not start:\n{log.read()}")
