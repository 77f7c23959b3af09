"""Latvian alphabetical order on both databases.

Both know a collation named ``latvian``: PostgreSQL an ICU one (made by a migration), SQLite this
module's function, installed on every new connection. The rules are those of CLDR's ``lv``: č, ģ,
ķ, ļ, ņ, ŗ, š and ž are letters after their plain ones; long vowels follow short ones only where
nothing else differs; y stands with i.
"""

import unicodedata

from django.db.models import F
from django.db.models.functions import Collate

NAME = "latvian"
LETTERS = "aābcčdeēfgģhiīyjkķlļmnņoōpqrŗsštuūvwxzž"
VOWELS = {"ā": "a", "ē": "e", "ī": "i", "y": "i", "ō": "o", "ū": "u"}
PRIMARY = {letter: LETTERS.index(VOWELS.get(letter, letter)) for letter in LETTERS}
SECONDARY = {letter: index for index, letter in enumerate(LETTERS)}


def sort_key(text: str):
    """Return a key that sorts strings as Latvian does: letters first, then length of vowels."""
    primary, secondary = [], []
    for char in unicodedata.normalize("NFC", text).lower():
        if char in PRIMARY:
            primary.append((2, PRIMARY[char]))
            secondary.append(SECONDARY[char])
        elif char.isalnum():
            primary.append((1, ord(char)) if char.isdigit() else (3, ord(char)))
            secondary.append(0)
        elif char.isspace():
            primary.append((0, 0))
            secondary.append(0)
    return primary, secondary, text


def compare(left: str, right: str) -> int:
    """Return -1, 0 or 1, as SQLite asks of a collation."""
    left_key, right_key = sort_key(left), sort_key(right)
    return (left_key > right_key) - (left_key < right_key)


def install(connection, **kwargs):
    """Give a new SQLite connection the collation (receiver of ``connection_created``)."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(NAME, compare)


def latvian_order(field: str) -> Collate:
    """Return the expression to order by for ``field`` in Latvian alphabetical order."""
    return Collate(F(field), NAME)
