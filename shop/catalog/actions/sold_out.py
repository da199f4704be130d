"""What becomes of sold out products in the lists: they are marked, or they leave."""

from shop.catalog.models import CatalogueSettings
from shop.core.memory import Remembered

# Read with every product that is listed anew; `settings_changed` forgets it at once.
_chosen: Remembered[str, str] = Remembered(lambda _key: _read(), seconds=5)


def hides_sold_out() -> bool:
    """Tell whether the shop lists only what can be bought."""
    return _chosen.get("sold_out") == CatalogueSettings.SoldOut.HIDE


def settings_changed() -> None:
    """Read the choice anew."""
    _chosen.forget()


def _read() -> str:
    found = CatalogueSettings.objects.values_list("sold_out", flat=True).first()
    return str(found or CatalogueSettings.SoldOut.MARK)
