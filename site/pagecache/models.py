"""What happened to the site, as far as visitors can see it."""

from django.db import models


class Change(models.Model):
    """A transaction that changed something visitors see, written by that very transaction.

    The sum of all tokens is the site's generation: it is another one after every commit, in
    whatever order transactions commit, and never the same again, not after a restored backup
    either. The worker folds the rows into one with the same sum (``pagecache.changes.fold``).
    """

    token = models.BigIntegerField()

    def __str__(self):
        return str(self.pk)


class PurgeOrder(models.Model):
    """Addresses that a CDN has to forget (see ``pagecache.cdn``)."""

    addresses = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.made_at:%c}"
