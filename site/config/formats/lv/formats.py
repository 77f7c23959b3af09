"""Latvian: 2022. gada 18. novembris, plkst. 10.30."""

YEAR_MONTH_FORMAT = r"Y. \g\a\d\a F"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = r"Y. \g\a\d\a j. F, H.i"
