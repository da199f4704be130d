"""Publishing in the admin: what cannot go live says so instead of breaking."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, WorkflowActionView

from shop.backoffice.products.copying import unsaved_copy
from shop.catalog.models import Product


@transaction.atomic
def publish_product(product: Product, *, user: Any) -> None:
    """Publish the latest version, or schedule it where it has a time of its own.

    Raises ValidationError where the draft is not complete or something of it is taken.
    """
    product.get_latest_revision_as_object().full_clean()
    revision = product.latest_revision or product.save_revision(user=user)
    revision.publish(user=user)


def explain(error: ValidationError) -> str:
    """Say in one line what is wrong, with the names of the fields it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        text if name == NON_FIELD_ERRORS else f"{_label(name)}: {text}"
        for name, texts in error.message_dict.items()
        for text in texts
    )


def _label(field: str) -> str:
    return str(Product._meta.get_field(field).verbose_name)


class SaysWhyNot:
    """A view whose publishing may meet an address or a SKU that somebody took this moment."""

    request: HttpRequest
    object: Any

    def publish_action(self) -> HttpResponseBase | None:
        """Publish; the draft is saved already if that is refused."""
        try:
            with transaction.atomic():
                response: HttpResponseBase | None = super().publish_action()  # type: ignore[misc]
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
            return redirect("products:edit", self.object.pk)
        return response


class ProductCreateView(SaysWhyNot, CreateView):
    """The form of a new product."""


class ProductEditView(SaysWhyNot, EditView):
    """The form of a product."""


class ProductCopyView(CopyView):
    """The form of a new product, filled in from another one."""

    def get_initial_form_instance(self) -> Product:
        return unsaved_copy(self.get_original())

    def get_original(self) -> Product:
        """Return the latest version of the product to be copied; raises PermissionDenied."""
        original: Product = super().get_object().get_latest_revision_as_object()
        return original

    def get_object(self, queryset: Any = None) -> None:
        """There is no object yet: what this form makes is new."""
        return


class ProductWorkflowView(WorkflowActionView):
    """Approving publishes, so it can meet the same."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                response: HttpResponseBase = super().post(request, *args, **kwargs)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect(reverse("products:edit", args=[self.object.pk]))
        return response
