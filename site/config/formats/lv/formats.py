"""Latvian: 2022. gada 18. novembris, 10.30. The day and its month stay on one line."""

DATE_FORMAT = "Y. \\g\\a\\d\\a j.\N{NO-BREAK SPACE}F"
YEAR_MONTH_FORMAT = r"Y. \g\a\d\a F"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = f"{DATE_FORMAT}, H.i"
