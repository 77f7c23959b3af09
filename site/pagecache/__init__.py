"""The page cache: whole answers for anonymous visitors, given before Django is asked.

It knows no page type; views and pages say what may be kept (``pagecache.marks``), the database says
when it is not true any more (``pagecache.changes``).
"""
