"""What taking an order and changing one have in common: a form, goods, and buttons of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from shop.backoffice.orders.desk_form import DeskForm, units_in
from shop.backoffice.orders.goods import Ware, find_variants, wares

LOOK, SAVE, ADD, REMOVE, TAKE = "look", "save", "add", "remove", "take"
ICON = "clipboard-list"


@dataclass(slots=True)
class Desk:
    """What was sent, and what its button asks for."""

    sent: QueryDict
    units: dict[int, int]
    wish: str
    about: str
    found: list[Ware] = field(default_factory=list)
    searched: str = ""
    said: str = ""

    @classmethod
    def of(cls, request: HttpRequest, units: Mapping[int, int] | None = None) -> "Desk":
        """Read a request; `units` are those to begin with."""
        sent = request.POST if request.method == "POST" else QueryDict()
        wish, _colon, about = sent.get("do", LOOK).partition(":")
        desk = cls(sent, units_in(sent) if sent else dict(units or {}), wish, about)
        desk._change_goods()
        return desk

    def _change_goods(self) -> None:
        if self.wish == ADD and self.about.isdecimal():
            self._add(wares({int(self.about[:18]): 1}))
        elif self.wish == REMOVE and self.about.isdecimal():
            self.units.pop(int(self.about[:18]), None)
        self.searched = "" if self.wish == ADD else self.sent.get("q", "").strip()
        if self.wish == LOOK and self.searched:
            self.found = find_variants(self.searched)
            # A SKU read from a label or a scanner goes straight into the order.
            if len(self.found) == 1 and self.found[0].sku.casefold() == self.searched.casefold():
                self._add(self.found)
                self.found, self.searched = [], ""

    def _add(self, chosen: list[Ware]) -> None:
        for ware in chosen:
            self.units[ware.variant_id] = self.units.get(ware.variant_id, 0) + 1
            self.said = _("%s is in the order.") % ware.name

    @property
    def saves(self) -> bool:
        """Tell whether it shall be written now."""
        return self.wish == SAVE

    def form(self, kind: type[DeskForm], initial: Mapping[str, Any], **known: Any) -> DeskForm:
        """Return the form as it was sent; it says what is wrong only when it shall be saved."""
        if self.saves:
            return kind(self.sent, **known)
        words = {name: self.sent.get(name, "") for name in kind.base_fields} if self.sent else {}
        return kind(initial={**initial, **words}, **known)
