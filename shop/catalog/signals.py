"""What the catalogue tells the floors above it."""

from django.dispatch import Signal

# Sent with `product_ids` inside the transaction that changed what a shopper may see of them:
# words, prices, variants, categories, publishing. Sent after the children are written. An import
# brings the lists up to date itself, many products at once, and says so with `listed=True`.
products_changed = Signal()

# Sent with `category_ids` inside the transaction that made many category pages at once; Wagtail's
# own signals are not sent for these. A page made or moved by an editor sends Wagtail's only.
categories_added = Signal()

# Sent with `run` and `reason` after an import has been given up: somebody must look at it.
import_failed = Signal()
