"""The catalogues of the packages whose words editors read, and ours that complete them.

    python scripts/catalogues.py

prints how much of each package is translated, as the table of docs/latvian.md.
"""

import ast
import importlib.util
from functools import cache
from pathlib import Path

import polib

PACKAGES = ("wagtail", "wagtail_localize", "taggit", "modelsearch")
DOMAINS = ("django", "djangojs")
LOCALE = Path(__file__).resolve().parents[1] / "site" / "locale"


def folder_of(package) -> Path:
    return Path(importlib.util.find_spec(package).origin).parent


def key(entry):
    return entry.msgctxt, entry.msgid


def catalogues(language, domain):
    """Yield the entries of a language's catalogues in the installed packages, by package."""
    for package in PACKAGES:
        folder = folder_of(package)
        for path in sorted(folder.glob(f"**/locale/{language}/LC_MESSAGES/{domain}.po")):
            name = ".".join(path.relative_to(folder.parent).parts[:-4])
            yield name, [entry for entry in polib.pofile(path) if not entry.obsolete]


@cache
def upstream(domain):
    """Return upstream's Latvian by key."""
    entries = [entry for _name, found in catalogues("lv", domain) for entry in found]
    return {key(entry): entry for entry in entries if entry.translated()}


@cache
def ours(domain):
    """Return the catalogue that completes upstream's."""
    return polib.pofile(LOCALE / "upstream" / "lv" / "LC_MESSAGES" / f"{domain}.po")


@cache
def wanted(domain):
    """Return for each package the keys of the messages that it asks for."""
    found = {name: {key(e) for e in entries} for name, entries in catalogues("en", domain)}
    if domain == "django":
        found["modelsearch"] = {(None, text) for text in marked_strings(folder_of("modelsearch"))}
    return found


def marked_strings(folder):
    """Yield the strings that Python files mark, for a package without catalogues."""
    for path in folder.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                yield node.args[0].value


def coverage():
    """Yield for each package: messages, translated upstream, added and replaced by ours."""
    for domain in DOMAINS:
        theirs, own = upstream(domain), {key(entry) for entry in ours(domain)}
        for package, keys in sorted(wanted(domain).items()):
            name = f"{package}, JavaScript" if domain == "djangojs" else package
            added, replaced = keys & own - theirs.keys(), keys & own & theirs.keys()
            yield name, len(keys), len(keys & theirs.keys()), len(added), len(replaced)


def main():
    print("| package | messages | upstream | ours add | ours replace | translated |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, number, theirs, added, replaced in coverage():
        share = (theirs + added) / number
        print(f"| {name} | {number} | {theirs} | {added} | {replaced} | {share:.0%} |")


if __name__ == "__main__":
    main()
