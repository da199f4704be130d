"""Issue invoices and credit notes, and note what comes to be known of them later."""

from shop.invoicing.actions.credit import issue_credit_note
from shop.invoicing.actions.fiscal import note_fiscal_answer
from shop.invoicing.actions.forget import forget_buyers
from shop.invoicing.actions.invoice import issue_due_invoice
from shop.invoicing.actions.replace import replace_invoice

__all__ = [
    "forget_buyers",
    "issue_credit_note",
    "issue_due_invoice",
    "note_fiscal_answer",
    "replace_invoice",
]
