"""Receipts, invoices and credit notes of an order, as pages and as PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shop.invoicing.addresses import addresses
from shop.invoicing.models import TaxDocument
from shop.invoicing.printed import printed, title_of
from shop.invoicing.qr import qr_drawing
from shop.invoicing.queries import documents_of, invoice_of
from shop.invoicing.rules import CREDIT_NOTE
from shop.orders.models import Order


@require_GET
@never_cache
def show_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was sold and paid, as the books have it."""
    order = get_object_or_404(Order, token=token)
    return _page(request, order, _invoice(order))


@require_GET
@never_cache
def receipt_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Give the receipt as a file."""
    return _file(_invoice(get_object_or_404(Order, token=token)))


@require_GET
@never_cache
def show_credit_note(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Show what was taken back."""
    order = get_object_or_404(Order, token=token)
    return _page(request, order, _note(order, number))


@require_GET
@never_cache
def credit_note_pdf(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Give a credit note as a file."""
    return _file(_note(get_object_or_404(Order, token=token), number))


def document_links(order: Order) -> list[dict[str, str]]:
    """Return an order's documents as its own page leads to them."""
    links = []
    for document in documents_of(order):
        where = addresses(order, document)
        links.append(
            {
                "label": title_of(document),
                "number": document.number,
                "url": where.page,
                "pdf": where.pdf,
            }
        )
    return links


def _invoice(order: Order) -> TaxDocument:
    document = invoice_of(order)
    if document is None:
        raise Http404
    return document


def _note(order: Order, number: str) -> TaxDocument:
    note: TaxDocument = get_object_or_404(order.tax_documents, kind=CREDIT_NOTE, number=number)
    return note


def _page(request: HttpRequest, order: Order, document: TaxDocument) -> HttpResponse:
    words = printed(document)
    context: dict[str, Any] = {
        "words": words,
        "qr": qr_drawing(words.qr_text) if words.qr_text else "",
        "pdf_url": addresses(order, document).pdf,
        "order_url": order.get_absolute_url(),
        "others": [link for link in document_links(order) if link["number"] != document.number],
        "meta": {
            "title": _("%(title)s %(number)s") % {"title": words.title, "number": words.number},
            "robots": "noindex",
        },
    }
    return render(request, "storefront/receipt.html", context)


def _file(document: TaxDocument) -> HttpResponse:
    from shop.invoicing.paper import pdf_of  # noqa: PLC0415  (18 MB that few processes need)

    return HttpResponse(
        pdf_of(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{document.number}.pdf"'},
    )
