"""The roles of the editorial office: groups, made by the app's first migration.

Their names are data, in the language of the office; an administrator may rename a group or give it
other rights.
"""

EDITOR = "Redaktors"
CHIEF_EDITOR = "Galvenais redaktors"
TRANSLATOR = "Tulkotājs"
ADMINISTRATOR = "Administrators"
ROLES = (EDITOR, CHIEF_EDITOR, TRANSLATOR, ADMINISTRATOR)

WORKFLOW = "Izskatīšana"
