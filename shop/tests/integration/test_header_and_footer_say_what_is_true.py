"""Header and footer are printed once for many; nobody reads another's, or an old one."""

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import SiteSettings
from shop.catalog.models import CategoryPage
from shop.tests.factories import ShopSite, make_category, make_product

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/all-products/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_editors_words_are_there_at_the_next_request(
    client: Client, shop_site: ShopSite
) -> None:
    assert "Fresh from Gikomba" not in page(client)
    said = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    said.tagline, said.announcement = "Fresh from Gikomba", "Closed on Jamhuri Day"
    said.save()
    assert "Fresh from Gikomba" in page(client)
    assert "Closed on Jamhuri Day" in page(client)


def test_a_renamed_category_has_its_new_name_in_the_menu(
    client: Client, shop_site: ShopSite
) -> None:
    kitchen = make_category("Kitchen")
    assert "Kitchen" in page(client)
    page_of_it = CategoryPage.objects.get(pk=kitchen.pk)
    page_of_it.title = "Jikoni"
    page_of_it.save_revision().publish()
    assert "Kitchen" not in page(client)
    assert "Jikoni" in page(client)


def test_the_menu_marks_the_category_where_one_stands(client: Client, shop_site: ShopSite) -> None:
    for title in ("Kitchen", "Garden"):
        make_category(title)
    for here, there in (("kitchen", "garden"), ("garden", "kitchen")):
        menu = page(client, f"/all-products/{here}/").split("</nav>")[0]
        marked = menu[menu.index("aria-current") - 200 : menu.index("aria-current")]
        assert f"/all-products/{here}/" in marked
        assert f"/all-products/{there}/" not in marked.rsplit("<li>", 1)[-1]


def test_everybody_reads_the_number_of_their_own_cart(shop_site: ShopSite) -> None:
    product = make_product("Lamp", categories=[shop_site.all_products])
    variant = product.variants.get()
    buyer, visitor = Client(), Client()
    buyer.post("/cart/lines/", {"variant": variant.sku, "quantity": 3}, follow=True)
    assert "masthead__count" in page(buyer)
    assert "masthead__count" not in page(visitor)
    assert ">3<" in page(buyer).replace("\n", "")


def test_words_searched_for_stand_in_the_field_of_who_searched(
    client: Client, shop_site: ShopSite
) -> None:
    assert 'value="&quot;&gt;&lt;b&gt;"' in page(client, "/search/?q=%22%3E%3Cb%3E")
    assert 'value="lamp"' in page(client, "/search/?q=lamp")
    assert 'value=""' in page(client)
