"""A manager asks somebody in: a link that works once, for a role no higher than the manager's."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from shop.backoffice.models import INVITATION_LIFETIME, StaffInvitation
from shop.backoffice.people import actions
from shop.core import clock
from shop.customers.models import User
from shop.flows.erase_customer import erase_customer
from shop.notifications.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "seven green mangoes"
NEWCOMER = {"first_name": "Amina", "last_name": "Njeri", "password": PASSWORD}


def member(role, name="boss"):
    person = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
    person.groups.add(Group.objects.get(name=role))
    return person


@pytest.fixture
def manager(client, shop_site):
    person = member("Managers")
    client.force_login(person)
    return person


def ask_in(client, email="amina@example.org", role="Order desk"):
    group = Group.objects.get(name=role)
    return client.post(reverse("staff_invite"), {"email": email, "role": group.pk})


def link(email="amina@example.org"):
    body = Message.objects.filter(recipient=email).latest("pk").body
    return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def works(person):
    return User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_somebody_new_chooses_a_password_and_is_in(client, manager):
    assert ask_in(client)["Location"] == reverse("staff")
    newcomer = Client()
    page = newcomer.get(link()).content.decode()
    assert "Order desk" in page
    assert "amina@example.org" in page

    entered = newcomer.post(link(), NEWCOMER)

    assert entered["Location"] == reverse("wagtailadmin_home")
    assert newcomer.get(reverse("orders_order_modeladmin_index")).status_code == 200
    amina = User.objects.get(email="amina@example.org")
    assert [group.name for group in amina.groups.all()] == ["Order desk"]
    assert amina.check_password(PASSWORD)
    listed = client.get(reverse("customers_modeladmin_index")).content.decode()
    assert '<span class="w-status ">Staff</span>' in listed
    assert EmailAddress.objects.get(user=amina).verified
    assert Client().get(link()).status_code == 410
    assert Client().post(link(), NEWCOMER).status_code == 410
    assert User.objects.filter(email="amina@example.org").count() == 1


def test_a_weak_password_is_refused_and_nothing_is_used_up(client, manager):
    ask_in(client)
    page = Client().post(link(), {**NEWCOMER, "password": "12345678"})
    assert page.status_code == 200
    assert "entirely numeric" in page.content.decode()
    assert Client().post(link(), NEWCOMER).status_code == 302


def test_opening_the_link_alone_accepts_nothing(client, manager):
    ask_in(client)
    Client().get(link())
    assert StaffInvitation.objects.get().is_open
    assert not User.objects.filter(email="amina@example.org").exists()


def test_a_second_factor_is_asked_for_at_once(client, manager, settings):
    ask_in(client)
    settings.STAFF_MFA_REQUIRED = True
    newcomer = Client()
    newcomer.post(link(), NEWCOMER)
    assert newcomer.get(reverse("wagtailadmin_home"))["Location"].startswith(reverse("mfa_index"))


def test_a_customer_signs_in_and_keeps_the_account(client, manager):
    amina = User.objects.create_user("amina", "Amina@example.org", PASSWORD)
    ask_in(client)
    browser = Client()
    assert reverse("account_login") in browser.get(link()).content.decode()
    assert browser.post(link(), NEWCOMER).status_code == 200
    assert not works(amina)

    browser.force_login(amina)
    browser.get(link())
    assert not works(amina)
    assert browser.post(link())["Location"] == reverse("wagtailadmin_home")
    assert works(amina)


def test_another_account_does_not_take_it(client, manager):
    ask_in(client)
    stranger = User.objects.create_user("brian", "brian@example.org", PASSWORD)
    browser = Client()
    browser.force_login(stranger)
    assert "another account" in browser.post(link()).content.decode()
    assert not works(stranger)


def test_a_link_grows_old(client, manager):
    ask_in(client)
    with clock.fixed(clock.now() + INVITATION_LIFETIME + timedelta(seconds=1)):
        assert Client().post(link(), NEWCOMER).status_code == 410
    assert not User.objects.filter(email="amina@example.org").exists()


@pytest.mark.parametrize("forged", ["", "x", "0" * 32, "0" * 32 + ":signature"])
def test_a_made_up_link_opens_nothing(manager, forged):
    path = reverse("staff_invitation", args=[forged or "none"])
    assert Client().post(path, NEWCOMER).status_code == 410


def test_the_table_alone_makes_no_link(client, manager):
    ask_in(client)
    path = reverse("staff_invitation", args=[StaffInvitation.objects.get().key])
    assert Client().post(path, NEWCOMER).status_code == 410


def test_a_revoked_link_opens_nothing(client, manager):
    ask_in(client)
    invitation = StaffInvitation.objects.get()
    assert "Revoke" in client.get(reverse("staff")).content.decode()
    client.post(reverse("staff_revoke", args=[invitation.pk]))
    assert Client().post(link(), NEWCOMER).status_code == 410
    assert "Revoked" in client.get(reverse("staff")).content.decode()


def test_a_second_invitation_replaces_the_first(client, manager):
    ask_in(client)
    first = link()
    ask_in(client, role="Support")
    assert Client().post(first, NEWCOMER).status_code == 410
    assert Client().post(link(), NEWCOMER).status_code == 302


def test_an_invitation_ends_with_its_senders_own_right(client, manager):
    ask_in(client)
    manager.groups.set([Group.objects.get(name="Support")])
    assert Client().post(link(), NEWCOMER).status_code == 410


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("Managers", {"Support", "Editors", "Moderators", "Catalogue managers", "Order desk",
                      "Finance", "Managers"}),
        ("Owners", {"Support", "Editors", "Moderators", "Catalogue managers", "Order desk",
                    "Finance", "Managers", "Owners"}),
    ],
)  # fmt: skip
def test_nobody_gives_more_than_they_have(client, shop_site, role, offered):
    client.force_login(member(role))
    page = client.get(reverse("staff_invite"))
    choices = [label.split(":")[0] for _pk, label in page.context["form"].fields["role"].choices]
    assert set(choices) == offered
    assert len(choices) == len(offered)


def test_a_manager_makes_no_owner(client, manager):
    answer = ask_in(client, role="Owners")
    assert answer.status_code == 200
    assert not StaffInvitation.objects.exists()
    with pytest.raises(actions.RoleAboveOwn):
        actions.invite(email="a@example.org", role=Group.objects.get(name="Owners"), by=manager)


def test_who_works_here_is_not_asked_again(client, manager):
    member("Support", "amina")
    assert "works here already" in ask_in(client).content.decode()
    assert not Message.objects.filter(recipient="amina@example.org").exists()


def test_a_role_is_changed_and_taken_away(client, manager):
    clerk = member("Support", "clerk")
    path = reverse("staff_role", args=[clerk.pk])
    assert client.get(path).status_code == 200
    client.post(path, {"role": Group.objects.get(name="Order desk").pk})
    assert [group.name for group in clerk.groups.all()] == ["Order desk"]
    client.post(path, {"role": ""})
    assert not works(clerk)
    entry = ModelLogEntry.objects.filter(action=actions.ROLE_CHANGED).order_by("pk")[0]
    assert (entry.user, entry.data["was"], entry.data["role"]) == (
        manager,
        ["Support"],
        "Order desk",
    )


@pytest.mark.parametrize("who", ["owner", "root", "self"])
def test_nobody_changes_who_stands_above_nor_oneself(client, manager, who):
    above = {
        "owner": lambda: member("Owners", "owner"),
        "root": lambda: User.objects.create_superuser("root"),
        "self": lambda: manager,
    }[who]()
    client.post(reverse("staff_role", args=[above.pk]), {"role": ""})
    assert works(above)


def test_the_list_costs_the_same_for_more_people(client, manager, django_assert_max_num_queries):
    for number in range(6):
        member("Support", f"clerk{number}")
        ask_in(client, f"person{number}@example.org")
    client.get(reverse("staff"))
    with django_assert_max_num_queries(30):
        page = client.get(reverse("staff")).content.decode()
    assert "clerk5@example.org" in page
    assert "person5@example.org" in page


def test_who_leaves_takes_the_invitation_along(client, manager):
    for name in ("amina", "brian"):
        ask_in(client, f"{name}@example.org")
    erase_customer(User.objects.create_user("amina", "amina@example.org"))
    assert [each.email for each in StaffInvitation.objects.all()] == ["brian@example.org"]
