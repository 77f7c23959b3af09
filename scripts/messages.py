"""Compile the translations of site/locale, without gettext's tools.

python scripts/messages.py            write a .mo beside every .po
python scripts/messages.py --check    the same, and fail where a translation is missing
"""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "site" / "locale"


def main():
    catalogues = {path: polib.pofile(path) for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))}
    for path, catalogue in catalogues.items():
        compiled = path.with_suffix(".mo.new")
        catalogue.save_as_mofile(str(compiled))
        compiled.replace(path.with_suffix(".mo"))  # at once, for a server that runs meanwhile

    if "--check" in sys.argv[1:]:
        gaps = [
            f"{path.relative_to(LOCALE)}: {entry.msgid!r} is not translated for certain"
            for path, catalogue in catalogues.items()
            for entry in catalogue
            if not entry.obsolete and not entry.translated()
        ]
        sys.exit("\n".join(gaps))


if __name__ == "__main__":
    main()
