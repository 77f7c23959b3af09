"""The import of an old WordPress site: its posts, pages, files and addresses.

    export files ── wxr ──> items ── judge ──> quarantine, or
                                  └─ conversion ──> pages, with redirects from their old addresses

What was read is kept in ``ImportedItem`` rows, so that an import that was interrupted goes on, one
that is repeated changes nothing, and an editor can decide about what is doubtful.
"""
