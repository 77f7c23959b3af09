"""PostgreSQL learns the Latvian alphabet; SQLite gets it on every connection (home.collation)."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [CreateCollation("latvian", provider="icu", locale="lv")]
