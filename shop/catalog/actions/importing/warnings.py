"""What an import tells once, however many rows it is about."""

from collections.abc import Mapping

CURRENCY = "currency:"
NOT_FETCHED = "pictures_not_fetched"
NOT_FOUND = "pictures_not_found"
NOT_PICTURES = "pictures_not_readable"
STOCK_OF_PARENT = "stock_of_parent"

_SENTENCES = {
    NOT_FETCHED: "Pictures are not fetched from the web: {count:,} rows name one.",
    NOT_FOUND: "{count:,} rows name a picture file that does not lie beside the catalogue file.",
    NOT_PICTURES: "{count:,} rows name a file that is not a picture the shop can show.",
    STOCK_OF_PARENT: "{count:,} rows give a stock for a product with variants; it was not read,"
    " because each variant has its own.",
}


def warnings_for(noted: Mapping[str, int], store_currency: str) -> list[str]:
    """Return one sentence for each thing that happened."""
    foreign = {
        name.removeprefix(CURRENCY): count
        for name, count in noted.items()
        if name.startswith(CURRENCY)
    }
    foreign.pop(store_currency, None)
    return [
        f"{count:,} rows say {code}, but this shop sells in {store_currency}: their figures were"
        f" taken as {store_currency} as they are, nothing was converted."
        for code, count in sorted(foreign.items())
    ] + [text.format(count=noted[name]) for name, text in _SENTENCES.items() if noted.get(name)]
