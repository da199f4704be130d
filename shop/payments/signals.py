"""What payments tell whoever wants to know."""

from django.dispatch import Signal

# A refund's money has gone back. Sent once a refund, in the transaction that notes it, with
# `refund`; its lines and its payment's order are written by then.
refund_done = Signal()
