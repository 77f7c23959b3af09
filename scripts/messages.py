"""Compile the translations of site/locale where gettext's tools may be missing: .po to .mo.

python scripts/messages.py
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "site" / "locale"

for path in LOCALE.glob("**/LC_MESSAGES/*.po"):
    compiled = path.with_suffix(".mo.new")
    polib.pofile(path).save_as_mofile(str(compiled))
    compiled.replace(path.with_suffix(".mo"))  # at once, for a server that runs meanwhile
