"""Note what staff do, in the transaction that does it; and let nobody rewrite what is noted."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from shop.backoffice.audit import words
from shop.backoffice.audit.watching import ACCESS, address_of, at_work, by_the_api, whence
from shop.backoffice.models import StaffInvitation
from shop.catalog.models import ImportRun, Product
from shop.customers.signals import Traces, person_leaves
from shop.notifications.models import Broadcast
from shop.orders.models import OrderEvent
from shop.payments.models import Refund, ReviewStep, StatementImport
from shop.webhooks.models import Endpoint

LOGS = (PageLogEntry, ModelLogEntry)


class LogIsAppendOnly(RuntimeError):
    """Something tried to change or delete what was noted."""


@receiver(pre_save, sender=PageLogEntry, dispatch_uid="whence_of_a_page_log_entry")
@receiver(pre_save, sender=ModelLogEntry, dispatch_uid="whence_of_a_model_log_entry")
def add_whence(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Say of every new entry from where it came, Wagtail's own included."""
    if raw:
        return
    if not instance._state.adding:
        raise LogIsAppendOnly
    instance.data = {**(instance.data or {}), **whence()}


@receiver(pre_delete, sender=PageLogEntry, dispatch_uid="keep_page_log_entries")
@receiver(pre_delete, sender=ModelLogEntry, dispatch_uid="keep_model_log_entries")
def refuse_to_forget(**kwargs: Any) -> None:
    """Keep what was noted."""
    raise LogIsAppendOnly


@receiver(user_logged_in, dispatch_uid="staff_signs_in")
def note_sign_in(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Staff's sign-ins are noted, with the address they came from."""
    if request is not None and user.has_perm(ACCESS):
        log(user, words.SIGNED_IN, user=user, data={"from": address_of(request)})


@receiver(post_save, sender=OrderEvent, dispatch_uid="staff_works_on_an_order")
def note_order(instance: OrderEvent, created: bool, **kwargs: Any) -> None:
    """Each line that staff add to an order's timeline; its text is erased with the customer."""
    _note(words.ORDER, instance.order, created, kind=instance.kind)


@receiver(post_save, sender=ReviewStep, dispatch_uid="staff_decides_about_money")
def note_review(instance: ReviewStep, created: bool, **kwargs: Any) -> None:
    """Each decision about money that did not fit."""
    _note(words.PAYMENT, instance.payment, created, kind=instance.kind)


@receiver(post_save, sender=Refund, dispatch_uid="staff_gives_money_back")
def note_refund(instance: Refund, **kwargs: Any) -> None:
    """A refund, and each state that staff bring it into."""
    amount = f"{instance.amount} {instance.currency}"
    _note(words.REFUND, instance, True, kind="refund", amount=amount, state=instance.state)


@receiver(post_save, sender=StatementImport, dispatch_uid="staff_reads_a_statement")
def note_statement(instance: StatementImport, **kwargs: Any) -> None:
    """A statement that was given, and that was applied."""
    _note(words.STATEMENT, instance, True, kind="statement", state=instance.state)


@receiver(post_save, sender=ImportRun, dispatch_uid="staff_imports")
def note_import(instance: ImportRun, created: bool, **kwargs: Any) -> None:
    """A catalogue file that was given; its rows stand in its report."""
    kind = "tried" if instance.dry_run else "import"
    _note(words.IMPORT, instance, created, kind=kind, what=instance.filename)


@receiver(post_save, sender=Broadcast, dispatch_uid="staff_writes_to_customers")
def note_broadcast(instance: Broadcast, **kwargs: Any) -> None:
    """A broadcast that was written, sent or stopped."""
    _note(words.BROADCAST, instance, True, kind="broadcast", state=instance.state)


@receiver(post_save, sender=Product, dispatch_uid="staff_changes_a_product_by_the_api")
@receiver(post_save, sender=Endpoint, dispatch_uid="staff_changes_a_webhook_by_the_api")
def note_change_by_api(instance: Any, created: bool, **kwargs: Any) -> None:
    """What the admin's own editors would have noted."""
    if by_the_api():
        kind = "created" if created else "changed"
        _note(words.BY_API, instance, True, kind=kind, what=instance._meta.verbose_name)


def _note(action: str, thing: Any, is_new: bool, **data: Any) -> None:
    person = at_work() if is_new else None
    if person is not None:
        data = {name: str(value) for name, value in data.items()}
        log(thing, action, user=person, data=data)


@receiver(person_leaves, dispatch_uid="invitations_of_who_leaves")
def forget_invitations(traces: Traces, **kwargs: Any) -> None:
    """Let go of the address of somebody who was once asked to work here."""
    StaffInvitation.objects.filter(email__in=[word.lower() for word in traces.words]).delete()
    if traces.user_id is not None:
        StaffInvitation.objects.filter(accepted_by=traces.user_id).delete()
