"""What the catalogue tells the floors above it."""

from django.dispatch import Signal

# Sent with `product_ids` inside the transaction that changed what a shopper may see of them:
# words, prices, variants, categories, publishing. Sent after the children are written.
products_changed = Signal()
