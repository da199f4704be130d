"""Note what the tax authority's control unit says of a document."""

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.invoicing.models import TaxDocument


def note_fiscal_answer(
    *, document_id: int, unit: str, number: str, signature: str = "", qr_text: str = ""
) -> None:
    """Keep the control unit's serial number, its number, signature and QR text, once.

    For an adapter to eTIMS, which finds its work by `TaxDocument.objects.filter(sent_at=None)` and
    the content in `TaxDocument.content`. Raises Conflict `already_sent` for a second answer.
    """
    noted = TaxDocument.objects.filter(pk=document_id, sent_at=None).update(
        control_unit=unit,
        control_number=number,
        control_signature=signature,
        qr_text=qr_text,
        sent_at=now(),
    )
    if not noted:
        raise Conflict("already_sent", "This document has its answer already.")
