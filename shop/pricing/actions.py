"""Use vouchers up, and give them back."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from shop.core.clock import now
from shop.pricing.models import Redemption, Voucher
from shop.pricing.queries.promotions import customer, terms_of, uses_of
from shop.pricing.rules import VoucherUse, code_key, refusal
from shop.pricing.rules.vouchers import unknown


@transaction.atomic
def redeem(
    use: VoucherUse, *, reference: str, amount: Decimal, user_id: int | None, phone: str
) -> None:
    """Note that an order uses a voucher that counted in its quote.

    One with limits is locked and counted again; runs after the stock was taken. Raises ShopError
    where it does not count any more.
    """
    if use.problem is not None or use.id is None:
        raise use.problem or unknown(use.code)
    if use.limited:
        _count_again(use, user_id, phone)
    Redemption.objects.create(
        voucher_id=use.id, reference=reference, user_id=user_id, phone=phone, amount=amount
    )


def _count_again(use: VoucherUse, user_id: int | None, phone: str) -> None:
    # Counted only after the lock is held: a statement sees what was committed before it began.
    locked = Voucher.objects.select_for_update().filter(pk=use.id).values_list("pk")
    own = Redemption.objects.filter(customer(user_id, phone))
    voucher = (
        Voucher.objects.filter(pk__in=[pk for (pk,) in locked])
        .annotate(uses=uses_of(Redemption.objects.all()), own_uses=uses_of(own))
        .first()
    )
    if voucher is None:
        raise unknown(use.code)
    problem = refusal(terms_of(voucher), now())
    if problem is not None:
        raise problem


def lock_vouchers(codes: Iterable[str]) -> None:
    """Lock these vouchers, as using one up does: before the order, here as everywhere."""
    keys = [code_key(code)[:80] for code in codes if code]
    if keys:
        list(Voucher.objects.select_for_update().filter(code_key__in=keys).order_by("pk"))


def redeem_anew(
    use: VoucherUse, *, reference: str, amount: Decimal, user_id: int | None, phone: str
) -> None:
    """Note that an order whose voucher was given back uses one again, as `redeem` does."""
    Redemption.objects.filter(reference=reference).exclude(given_back_at=None).delete()
    redeem(use, reference=reference, amount=amount, user_id=user_id, phone=phone)


def give_back(*, reference: str) -> None:
    """Let the voucher of a cancelled order be used again; a second call changes nothing."""
    Redemption.objects.filter(reference=reference, given_back_at=None).update(given_back_at=now())


def take_again(*, reference: str) -> None:
    """Count the voucher of an order that was cancelled and taken up again."""
    Redemption.objects.filter(reference=reference).update(given_back_at=None)


def forget_redeemers(references: Iterable[str]) -> None:
    """Keep that vouchers were used, not by whom."""
    Redemption.objects.filter(reference__in=list(references)).update(user=None, phone="")
