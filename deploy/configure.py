#!/usr/bin/env python3
"""Write the configuration of nginx and systemd for one site, from the templates beside this file.

    sudo python3 deploy/configure.py --host www.example.org [--alias example.org] [--into /]

Standard library only. What it writes it names; nothing is started. Run it again after an update.
"""

import argparse
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Template: where it belongs, with the name of the site in place of {}.
FILES = {
    "nginx/site.conf": "etc/nginx/sites-available/{}",
    "nginx/limits.conf": "etc/nginx/modules-enabled/90-{}.conf",
    "systemd/web.socket": "etc/systemd/system/{}-web.socket",
    "systemd/web.service": "etc/systemd/system/{}-web.service",
    "systemd/work.service": "etc/systemd/system/{}-work.service",
    "systemd/backup.service": "etc/systemd/system/{}-backup.service",
    "systemd/backup.timer": "etc/systemd/system/{}-backup.timer",
    "manage": "usr/local/bin/{}",
}


def values(host, aliases=(), name="lpia", root="", **others):
    """Return what stands for the placeholders of the templates, as on a server of its own."""
    root = root or f"/srv/{name}"
    given = {
        "NAME": name,
        "HOST": host,
        "ALIASES": " ".join(aliases),
        "ROOT": root,
        "USER": name,
        "ADMIN": "admin/",
        "RUN": f"/run/{name}",
        "STATIC": f"{root}/shared/static",
        "MEDIA": f"{root}/shared/media",
        "PAGES": f"{root}/current/deploy/nginx/pages",
        "CACHE": f"/var/cache/nginx-{name}",
        "LOGS": "/var/log/nginx",
        "WEBROOT": "/var/www/html",
        "CERTIFICATE": f"/etc/letsencrypt/live/{host}/fullchain.pem",
        "KEY": f"/etc/letsencrypt/live/{host}/privkey.pem",
        "HTTP": "80",
        "HTTPS": "443",
        "PORT_SUFFIX": "",
        "PATIENCE": "10s",
        "SERVERS": f"server unix:/run/{name}/web.sock;",
    }
    return given | {key.upper(): value for key, value in others.items()}


def render(template, values):
    """Return the text of a template with its placeholders filled; KeyError for an unknown one."""
    text = (HERE / template).read_text()
    return re.sub(r"@([A-Z_]+)@", lambda match: values[match[1]], text)


def write(folder, values):
    """Write all files below a folder; yield the path of each."""
    for template, place in FILES.items():
        path = Path(folder) / place.format(values["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(template, values))
        if template == "manage":
            path.chmod(0o755)
        yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--host", required=True, help="the site's host, as in BASE_URL")
    parser.add_argument("--alias", action="append", default=[], help="a name that leads there")
    parser.add_argument("--name", default="lpia", help="of the user, the units and the files")
    parser.add_argument("--root", default="", help="the folder of the site (/srv/NAME)")
    parser.add_argument("--admin", default="admin/", help="ADMIN_PATH, if that is another")
    parser.add_argument("--certificate", help="of TLS, with those between (Let's Encrypt's)")
    parser.add_argument("--key", help="of the certificate (Let's Encrypt's)")
    parser.add_argument("--into", default="/", help="the folder that stands for the root")
    options = parser.parse_args()
    chosen = {key: getattr(options, key) for key in ("admin", "certificate", "key")}
    given = values(
        options.host,
        options.alias,
        options.name,
        options.root,
        **{key: value for key, value in chosen.items() if value},
    )
    for path in write(options.into, given):
        print(path)


if __name__ == "__main__":
    main()
