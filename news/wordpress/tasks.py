"""What is done in the background of deciding."""

from django_tasks import task

from .models import ImportedItem

BATCH = 1000  # keys in one statement; decisions that are taken back meanwhile are heeded anyway


@task()
def import_accepted(keys: list[int]):
    """Make the pages of items that were accepted, by their primary keys."""
    from .importer import import_items

    for start in range(0, len(keys), BATCH):
        accepted = ImportedItem.objects.being_imported().filter(pk__in=keys[start : start + BATCH])
        # By key: the items leave the state by which they were found.
        open_keys = list(accepted.values_list("pk", flat=True))
        if open_keys:
            import_items(ImportedItem.objects.filter(pk__in=open_keys))
