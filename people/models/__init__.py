"""The board, its people, and the municipalities."""

from .board import BoardPage, PersonPage, Role, Seat, Term
from .municipalities import MunicipalitiesPage, Municipality, Region

__all__ = [
    "BoardPage",
    "MunicipalitiesPage",
    "Municipality",
    "PersonPage",
    "Region",
    "Role",
    "Seat",
    "Term",
]
