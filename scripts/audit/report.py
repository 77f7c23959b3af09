"""The report of an audit as a page that people read: failures by page, the most frequent first."""

from collections import Counter, defaultdict
from html import escape

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
:root { color: light-dark(#222, #eee); background: light-dark(#fff, #17181b) }
a { color: light-dark(#1a4fa3, #9dbcf5) }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere }
h2 { margin-top: 2.5rem; border-top: 2px solid; padding-top: .75rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: start; padding-bottom: .5rem }
th, td { text-align: start; vertical-align: top; padding: .35rem 1rem .35rem 0 }
tr { border-top: 1px solid }
ul { padding-inline-start: 1.25rem }
li { margin-bottom: 1rem } li li { margin-bottom: .25rem }
"""
MOST_NODES = 20  # places of one failure that are shown


def page(report: dict) -> str:
    """Return the report (of run.Audit) as HTML."""
    by_page = defaultdict(list)
    for failure in report["failures"]:
        by_page[failure["url"]].append(failure)
    body = [
        "<h1>Audit of the site</h1>",
        f"<p>{_sentence(report, by_page)}</p>",
        *(f"<p><strong>Not checked.</strong> {escape(text)}</p>" for text in report["left_out"]),
        _summary(report["failures"]),
        *(_of_page(address, failures) for address, failures in by_page.items()),
        _clean([address for address in report["addresses"] if address not in by_page]),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Audit of {escape(report['site'])}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _sentence(report, by_page):
    when = report["finished"].replace("T", " ")
    found = f"{len(report['failures'])} failures on {len(by_page)} pages"
    return (
        f"{escape(report['site'])}, {escape(when)}, {escape(report['tool'])}: "
        f"{report['pages']} pages, {report['checks']} checks. "
        f"<strong>{found if by_page else 'No failures'}.</strong>"
    )


def _summary(failures):
    if not failures:
        return ""
    pages = defaultdict(set)
    for failure in failures:
        pages[failure["check"], failure["rule"]].add(failure["url"])
    number = Counter((failure["check"], failure["rule"]) for failure in failures)
    rows = "".join(
        f'<tr><th scope="row">{escape("/".join(kind))}</th><td>{times}</td>'
        f"<td>{len(pages[kind])}</td></tr>"
        for kind, times in number.most_common()
    )
    return (
        "<table><caption>Failures by rule</caption><thead><tr>"
        '<th scope="col">Rule</th><th scope="col">Failures</th><th scope="col">Pages</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _of_page(address, failures):
    items = "".join(map(_failure, failures))
    link = f'<a href="{escape(address)}">{escape(address)}</a>'
    return f"<section><h2>{link}</h2><ul>{items}</ul></section>"


def _failure(failure):
    kind = escape(f"{failure['check']}/{failure['rule']}")
    where = f" ({escape(failure['where'])})" if failure["where"] else ""
    nodes = "".join(
        f"<li><code>{escape(node['target'])}</code> {escape(node['note'])}</li>"
        for node in failure["nodes"][:MOST_NODES]
    )
    more = len(failure["nodes"]) - MOST_NODES
    nodes += f"<li>and {more} more places</li>" if more > 0 else ""
    places = f"<ul>{nodes}</ul>" if nodes else ""
    return (
        f"<li><strong>{kind}</strong>{where}, {escape(failure['impact'])}: "
        f"{escape(failure['help'])}{places}</li>"
    )


def _clean(addresses):
    if not addresses:
        return ""
    items = "".join(f"<li>{escape(address)}</li>" for address in addresses)
    return f"<section><h2>Pages without failures</h2><ul>{items}</ul></section>"
