"""The glossary of the demo: what the association and its municipalities are called in English.

Latvian, English, translations to avoid, note. English names of institutions and laws are those
that they use themselves or that likumi.lv has.
"""

TERMS = [
    # The association
    ("valde", "Board", "council; management", "Asociācijas valde – ar lielo burtu."),
    ("valdes priekšsēdētājs", "Chair", "Chairman; Chairwoman; President", ""),
    ("valdes priekšsēdētāja vietnieks", "Deputy Chair", "Vice-Chairman; Vice-President", ""),
    ("valdes loceklis", "Board Member", "member of the management", ""),
    ("izpilddirektors", "executive director", "CEO; managing director; executive manager", ""),
    ("dalībnieks", "member", "", "Asociācijas dalībnieks. Pasākuma dalībnieks: participant."),
    ("kopsapulce", "general meeting", "assembly", ""),
    ("statūti", "articles of association", "statutes", ""),
    ("atziņa", "insight", "conclusion; recognition; finding", ""),
    ("atziņu krātuve", "Insights Library", "storage of insights; insight repository", ""),
    ("sanāksme", "meeting", "session; gathering", "Asociācijas sanāksmes, arī tiešsaistē."),
    ("sanāksmes ieraksts", "recording of a meeting", "record of a meeting", ""),
    ("atskaņošanas saraksts", "playlist", "", ""),
    # Municipalities
    ("pašvaldība", "municipality", "self-government", "Kā apzīmētājs: municipal."),
    ("novads", "county", "district", "Nosaukumos ar lielo burtu: Mārupe County."),
    ("valstspilsēta", "state city", "republican city; city of state significance", ""),
    ("pagasts", "parish", "rural municipality; civil parish", ""),
    ("pagasta pārvalde", "parish office", "parish board; parish administration", ""),
    ("dome", "council", "duma", "Nosaukumos ar lielo burtu: Ogre Municipal Council."),
    ("domes priekšsēdētājs", "chair of the council", "chairman of the council", ""),
    (
        "domes deputāts",
        "councillor",
        "deputy; member of parliament",
        "Saeimas deputāts: Member of the Saeima.",
    ),
    ("saistošie noteikumi", "binding regulations", "binding rules; mandatory rules", ""),
    ("teritorijas plānojums", "spatial plan", "territory planning", ""),
    ("attīstības programma", "development programme", "development program", ""),
    ("plānošanas reģions", "planning region", "", ""),
    ("iepirkums", "procurement", "purchase", ""),
    ("civilā aizsardzība", "civil protection", "civil defence; civil defense", ""),
    # The state
    ("Saeima", "Saeima", "Seim; Sejm", "Pirmoreiz paskaidro: the Saeima, Latvia’s parliament."),
    ("Ministru kabinets", "Cabinet of Ministers", "Council of Ministers", ""),
    ("Valsts kontrole", "State Audit Office", "State Control", ""),
    (
        "Viedās administrācijas un reģionālās attīstības ministrija",
        "Ministry of Smart Administration and Regional Development",
        "",
        "VARAM; līdz 2024. gadam Ministry of Environmental Protection and Regional Development.",
    ),
    (
        "Valsts reģionālās attīstības aģentūra",
        "State Regional Development Agency",
        "",
        "VRAA.",
    ),
    (
        "Latvijas Pašvaldību savienība",
        "Latvian Association of Local and Regional Governments",
        "Union of Local Governments; Latvian Municipal Union",
        "LPS.",
    ),
    ("Pašvaldību likums", "Local Government Law", "Municipality Law; Law on Self-governments", ""),
]
