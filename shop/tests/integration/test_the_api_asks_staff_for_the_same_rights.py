"""What only staff do by the API is for the roles that do it in the admin."""

import pytest
from django.contrib.auth.models import Group

from shop.customers.models import User
from shop.tests.integration.permission_table import rows
from shop.tests.integration.screen_table import ROLES
from shop.tests.integration.test_who_may_do_what import Callers, logged_in

pytestmark = pytest.mark.django_db

REFUSED = (401, 403, 404)
OPERATIONS = {
    operation
    for operation, row in rows().items()
    if row["brian"] in REFUSED and row["root"] not in REFUSED
}
TABLE = """
sup edi cat des fin man own
 -   -   x   -   -   x   x    POST products/
 -   -   x   -   -   x   x    PATCH products/{product}/
 -   x   x   -   -   x   x    PATCH products/{draft}/
 -   -   x   -   -   x   x    POST products/upload/
 -   -   x   -   -   x   x    GET imports/{run}/
 -   -   x   -   -   x   x    POST imports/{run}/undo/
 -   -   x   -   -   x   x    POST categories/
 x   -   -   x   x   x   x    GET orders/{order}/
 -   -   -   x   -   x   x    POST orders/{order}/cancel/
 x   -   -   x   x   x   x    GET orders/{order}/notifications/
 x   -   -   x   x   x   x    GET orders/{order}/receipt/
 x   -   -   x   x   x   x    GET orders/{order}/shipments/
 x   -   -   x   x   x   x    GET orders/{order}/returns/
 -   -   -   x   -   x   x    POST orders/{order}/returns/
 -   -   -   x   -   x   x    POST shipments/
 x   -   -   x   x   x   x    GET shipments/{shipment}/
 -   -   -   x   -   x   x    PATCH shipments/{shipment}/
 x   -   -   x   x   x   x    GET returns/
 -   -   -   x   -   x   x    PATCH returns/{return}/
 -   -   -   x   -   x   x    POST payments/
 x   -   -   x   x   x   x    GET payments/{payment}/
 x   -   -   x   x   x   x    GET payments/{payment}/refund/
 -   -   -   -   x   x   x    POST payments/{payment}/refund/
 x   -   -   x   x   x   x    GET admin/dashboard/
 x   -   -   x   -   x   x    GET admin/customers/
 x   -   x   x   x   x   x    GET admin/low-stock/
 -   -   -   -   -   x   x    POST admin/alerts/
 -   -   -   -   -   x   x    GET webhooks/
 -   -   -   -   -   x   x    POST webhooks/
 -   -   -   -   -   x   x    GET webhooks/{webhook}/
 -   -   -   -   -   x   x    PATCH webhooks/{webhook}/
 -   -   -   -   -   x   x    DELETE webhooks/{webhook}/
 -   -   -   -   -   x   x    POST webhooks/{webhook}/secret/
 -   -   -   -   -   x   x    POST webhooks/{webhook}/test/
 -   -   -   -   -   x   x    GET webhooks/{webhook}/deliveries/
 -   -   -   -   -   x   x    GET webhooks/{webhook}/deliveries/{delivery}/
 -   -   -   -   -   x   x    POST webhooks/{webhook}/deliveries/{delivery}/replay/
"""


def allowed() -> dict[str, set[str]]:
    """Return for each operation the roles that may."""
    found = {}
    for line in TABLE.splitlines()[2:]:
        words = line.split()
        marks, operation = words[: len(ROLES)], " ".join(words[len(ROLES) :])
        found[operation] = {role for role, mark in zip(ROLES, marks, strict=True) if mark == "x"}
    return found


@pytest.fixture
def callers(shop_site):
    made = Callers(shop_site)
    for role in ROLES:
        person = User.objects.create_user(f"works as {role}")
        person.groups.add(Group.objects.get(name=role))
        made.sessions[role] = logged_in(person)
    return made


def test_every_operation_of_staff_has_its_row():
    assert set(allowed()) == OPERATIONS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_it_may_in_the_admin(callers, role):
    heard = {
        operation: callers.answer(role, operation).status_code not in REFUSED
        for operation in OPERATIONS
    }
    assert heard == {operation: role in roles for operation, roles in allowed().items()}
