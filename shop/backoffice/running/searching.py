"""Whether search finds what shoppers see."""

from django.utils.translation import gettext as _

from search import engine
from search.index import index
from search.models import UnsentDocument
from search.rules import query_words
from shop.catalog.models import Product
from shop.health.self_check import Finding

# The latest products are looked for by their names; many may share a name.
TRIED = 5
FOUND_AMONG = 1_000
# The worker sends within a minute; more than two batches have been lying about.
MANY_UNSENT = 1_000


def search_finding() -> Finding:
    """Look for the latest products, and count what the search server has not been told."""
    title = _("Search")
    latest = list(Product.objects.live().order_by("-pk").values_list("pk", "name")[:TRIED])
    lost = [name for pk, name in latest if not _finds(pk, query_words(name))]
    if lost:
        words = _("“%s” cannot be found: run manage.py rebuild_search")
        return Finding(title, Finding.BROKEN, words % lost[0])
    if not engine.is_on():
        return Finding(title, Finding.FINE, _("finds the latest products"))
    unsent = UnsentDocument.objects.count()
    words = _("%(n)s changes wait for the search server") % {"n": unsent}
    return Finding(title, Finding.LOOK if unsent > MANY_UNSENT else Finding.FINE, words)


def _finds(product_id: int, words: list[str]) -> bool:
    return not words or product_id in index().find(words, limit=FOUND_AMONG)
