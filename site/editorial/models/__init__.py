"""What the editorial office keeps besides pages."""

from .findings import Finding, InternalLink
from .jobs import Job

__all__ = ["Finding", "InternalLink", "Job"]
