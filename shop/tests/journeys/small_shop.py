"""A shop just large enough for a walk through it: a deep tree, kinds, sales, empty shelves."""

from dataclasses import dataclass

from wagtail.images.models import Image

from shop.catalog.models import CategoryPage, Product
from shop.customers.models import User
from shop.demo.seeding.demo_shop import SHOPFRONT, STORY, seed_pages
from shop.demo.seeding.prices import seed_delivery, seed_voucher
from shop.flows.place_order import Purchase, place_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.tests.factories import (
    first_variant,
    make_category_path,
    make_image,
    make_product,
    make_site,
)
from shop.tests.order_factories import first_texts

PASSWORD = "a long walk to Kisumu"
SHELF = "/all-products/kitchen/cooking/pots/"


@dataclass(frozen=True)
class SmallShop:
    """The shop's address and the things that stories are about."""

    address: str
    pot: Product
    kettle: Product
    placed: Order
    editor: User
    customer: User

    def change_prices(self, sku: str, *, withdraw: str) -> None:
        """Raise one product's price by ten shillings and take another off the shelf."""
        product = Product.objects.get(sku=sku)
        product.price += 10
        product.save()
        Product.objects.get(sku=withdraw).unpublish()


def fill_shop(address: str) -> SmallShop:
    """Fill an empty database."""
    make_site()
    first_texts()
    pictures = [
        make_image(title, size=(960, 960), colour=colour)
        for title, colour in ((SHOPFRONT, "peru"), (STORY, "seagreen"), ("Clay", "sienna"))
    ]
    pots = make_category_path("Kitchen", "Cooking", "Pots")
    make_category_path("Kitchen", "Cooking", "Pans")
    for page in CategoryPage.objects.filter(depth=4):
        page.introduction = "Everything that stands on a fire."
        page.picture = pictures[1]
        page.show_in_menus = True
        page.save_revision().publish()
    pot, kettle = _named_products(pots, pictures)
    _fill_shelf(pots, pictures)
    seed_delivery()
    seed_voucher()
    seed_pages()
    editor = User.objects.create_superuser("editor", "editor@example.org", PASSWORD)
    customer = User.objects.create_user("wanjiku", "wanjiku@example.org", PASSWORD)
    placed = place_order(
        {first_variant(pot).pk: 2},
        Purchase(
            Contact("Wanjiku Kamau", "0712 345 678", "wanjiku@example.org"),
            Place("Nairobi", "Kilimani", "Blue gate"),
            user=customer,
        ),
    )
    return SmallShop(address, pot, kettle, placed, editor, customer)


def _named_products(pots: CategoryPage, pictures: list[Image]) -> tuple[Product, Product]:
    pot = make_product(
        "Clay cooking pot",
        price=500,
        categories=[pots],
        brand="Clay House",
        featured=True,
        sku="POT",
        pictures=pictures,
        description="<p>Fired twice, for beans and for stew.</p>",
        attributes={"Material": "Clay", "Made in": "Kisumu"},
        variants=[
            {"sku": "POT-S", "options": {"Size": "Small", "Colour": "Red"}, "stock": 9},
            {
                "sku": "POT-L",
                "options": {"Size": "Large", "Colour": "Red"},
                "price": 900,
                "stock": 6,
            },
            {"sku": "POT-LB", "options": {"Size": "Large", "Colour": "Black"}, "stock": 0},
        ],
    )
    kettle = make_product(
        "Copper kettle", price=2400, categories=[pots], stock=0, sku="KETTLE", pictures=pictures[:1]
    )
    return pot, kettle


def _fill_shelf(pots: CategoryPage, pictures: list[Image]) -> None:
    for number in range(1, 29):
        make_product(
            f"Enamel pot number {number}",
            price=150 * number,
            sale_price=120 * number if number % 4 == 0 else None,
            categories=[pots],
            brand=("Clay House", "Jua Kali Works", "Mama Mboga")[number % 3],
            stock=0 if number % 7 == 0 else number,
            featured=number < 6,
            sku=f"ENAMEL-{number}",
            pictures=[pictures[number % 3]],
        )
