"""The files of the old site: pictures and documents, each taken in once.

    an address, a number or an item ── library ──> the id of an image or a document
                                         ├─ attachments  which item an address belongs to
                                         ├─ folder       its file in the uploads folder, or
                                         ├─ fetching     from the old host
                                         └─ intake       checked as an upload in the admin is

Whatever is wrong with a file becomes a ``Problem`` with a sentence; the import goes on without the
file. What would befall all files alike (a full disk) is a ``MediaError`` and ends it.
"""

from .library import Library
from .problems import MediaError, Problem, sentence

__all__ = ["Library", "MediaError", "Problem", "sentence"]
