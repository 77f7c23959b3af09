"""What is done in the background."""

from django_tasks import task

from . import status


@task()
def build_status():
    """Write the statuses of all translations anew."""
    for _done in status.build():
        pass
