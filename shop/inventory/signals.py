"""What inventory tells the floors above it."""

from django.dispatch import Signal

# Sent with `variant_ids` inside the transaction in which they sold out or came back.
availability_changed = Signal()
