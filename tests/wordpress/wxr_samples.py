"""Exports made to measure: whole ones, and what happens to them."""

from pathlib import Path

from news.wordpress import wxr
from news.wordpress.items import Damage, Item

EXPORTS = Path(__file__).parent / "exports"
ROOT = (
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wp="http://wordpress.org/export/1.2/">'
)
HEAD = "<title>Ziņas</title>\n<wp:wxr_version>1.2</wp:wxr_version>\n"


def item(number=1, content="Teksts", title="Virsraksts", more="", **fields) -> str:
    """``fields`` are elements of wp:, None leaves one out; ``more`` is XML."""
    known = {
        "post_id": number,
        "post_date": "2021-07-15 09:00:00",
        "post_date_gmt": "2021-07-15 06:00:00",
        "post_name": f"ieraksts-{number}",
        "status": "publish",
        "post_type": "post",
    }
    elements = "\n".join(
        f"<wp:{name}>{value}</wp:{name}>"
        for name, value in (known | fields).items()
        if value is not None
    )
    return (
        f"<item>\n<title>{title}</title>\n"
        f'<guid isPermaLink="false">http://www.zinas.example/?p={number}</guid>\n'
        f"<content:encoded><![CDATA[{content}]]></content:encoded>\n{elements}\n{more}</item>\n"
    )


def export(*items, root=ROOT, head=HEAD, declaration='<?xml version="1.0" encoding="UTF-8" ?>\n'):
    return f"{declaration}{root}\n<channel>\n{head}{''.join(items)}</channel>\n</rss>\n"


def read(folder, content: bytes | str):
    """Return the items and the damages of an export, of which the rest does not matter."""
    path = folder / "export.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(wxr.read(path))
    return (
        [one for one in found if isinstance(one, Item)],
        [one for one in found if isinstance(one, Damage)],
    )
