"""Whatever happens to products and categories, the stored figures equal a live count."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Avg

from shop.catalog.actions import refresh_turned_sales
from shop.catalog.models import (
    CategoryFigure,
    CategoryPage,
    Listing,
    Product,
    ProductPlacement,
)
from shop.catalog.queries.figures import average_price, category_figures
from shop.catalog.queries.listing_checks import check_listings
from shop.core.clock import fixed, now
from shop.core.money import round_money
from shop.inventory.actions import set_on_hand
from shop.tests.factories import (
    ShopSite,
    first_variant,
    make_category,
    make_category_path,
    make_product,
)


class History:
    """A shop to which random things happen."""

    def __init__(self, seed: int, root: CategoryPage) -> None:
        self.random = Random(seed)
        self.root_id = root.pk
        for _ in range(6):
            self.add_category()
        for _ in range(8):
            self.create()

    def step(self) -> str:
        """Let one random thing happen; return its name."""
        things: list[Callable[[], None]] = [
            self.add_category,
            self.create,
            self.create,
            self.edit,
            self.edit,
            self.place_elsewhere,
            self.place_elsewhere,
            self.draft,
            self.unpublish,
            self.publish,
            self.sale,
            self.sell_out,
            self.delete_product,
            self.move_category,
            self.unpublish_category,
            self.publish_category,
            self.delete_category,
        ]
        thing = self.random.choice(things)
        thing()
        return thing.__name__

    def price(self) -> Decimal:
        return Decimal(self.random.randint(0, 2_000_000)) / 100

    def product(self) -> Product | None:
        ids = sorted(Product.objects.values_list("pk", flat=True))
        return Product.objects.get(pk=self.random.choice(ids)) if ids else None

    def category(self, *, but_root: bool = False) -> CategoryPage | None:
        pages = CategoryPage.objects.order_by("pk")
        if but_root:
            pages = pages.exclude(pk=self.root_id)
        ids = list(pages.values_list("pk", flat=True))
        return CategoryPage.objects.get(pk=self.random.choice(ids)) if ids else None

    def some_categories(self) -> list[CategoryPage]:
        found = {c.pk: c for _ in range(self.random.randint(0, 3)) if (c := self.category())}
        return list(found.values())

    def add_category(self) -> None:
        make_category(f"C{self.random.random()}", self.category())

    def create(self) -> None:
        make_product(
            price=self.price(),
            categories=self.some_categories(),
            live=self.random.random() < 0.8,
            stock=self.random.choice([None, 0, 3]),
            brand=self.random.choice(["", "Ada", "Bob"]),
            variants=self.random.choice(
                [(), [{"options": {"Size": "M"}}, {"options": {"Size": "L"}, "price": 5}]]
            ),
        )

    def edit(self) -> None:
        if product := self.product():
            product.price = self.price()
            product.sale_price = None
            product.brand = self.random.choice(["", "Ada", "Bob"])
            product.save_revision().publish()

    def draft(self) -> None:
        if product := self.product():
            product.price = self.price()
            product.sale_price = None
            product.save_revision()

    def place_elsewhere(self) -> None:
        if product := self.product():
            product.placements = [
                ProductPlacement(category=category, sort_order=place)
                for place, category in enumerate(self.some_categories())
            ]
            product.save_revision().publish()

    def unpublish(self) -> None:
        if product := self.product():
            product.unpublish()

    def publish(self) -> None:
        if product := self.product():
            (product.get_latest_revision() or product.save_revision()).publish()

    def sale(self) -> None:
        if (product := self.product()) and product.price > 1:
            product.sale_price = (
                round_money(product.price / 2) if self.random.random() < 0.7 else None
            )
            product.sale_until = now() + timedelta(hours=self.random.choice([-1, 1]))
            product.save_revision().publish()

    def sell_out(self) -> None:
        if product := self.product():
            set_on_hand({first_variant(product).pk: self.random.choice([0, 1])}, reason="test")

    def delete_product(self) -> None:
        if product := self.product():
            product.delete()

    def move_category(self) -> None:
        page, target = self.category(but_root=True), self.category()
        if page and target and not target.path.startswith(page.path):
            page.move(target, pos="last-child")

    def unpublish_category(self) -> None:
        if page := self.category(but_root=True):
            page.unpublish()

    def publish_category(self) -> None:
        if page := self.category():
            page.save_revision().publish()

    def delete_category(self) -> None:
        # Seldom enough that the tree grows on the whole.
        if self.random.random() < 0.5 and (page := self.category(but_root=True)):
            page.delete()


def compare_with_live_prices() -> None:
    """Compare every category's stored figures with its live products, each once, to the cent."""
    prices = dict(Product.objects.live().values_list("pk", "price"))
    placed = list(
        ProductPlacement.objects.filter(category__live=True).values_list(
            "product_id", "category__path"
        )
    )
    paths = dict(CategoryPage.objects.values_list("pk", "path"))
    stored = category_figures(paths)
    for pk, path in paths.items():
        inside = {product for product, place in placed if place.startswith(path)}
        amounts = [prices[product] for product in inside if product in prices]
        figures = stored[pk]
        assert figures.count == len(amounts)
        assert figures.lowest == min(amounts, default=None)
        assert figures.highest == max(amounts, default=None)
        live = round_money(sum(amounts, Decimal(0)) / len(amounts)) if amounts else None
        assert figures.average == live
    assert average_price().count == len(prices)


def compare_with_the_database_average() -> None:
    """Compare with what the database says over the range of tree paths."""
    for page in CategoryPage.objects.all():
        placed = ProductPlacement.objects.filter(
            category__in=CategoryPage.objects.within(page).live()
        )
        inside = Product.objects.live().filter(pk__in=placed.values("product"))
        live = inside.aggregate(mean=Avg("price"))["mean"]
        stored = average_price(page.pk).average
        assert stored == (None if live is None else round_money(Decimal(str(live))))


@pytest.mark.parametrize("seed", range(4))
def test_figures_follow_every_change(shop_site: ShopSite, seed: int) -> None:
    history = History(seed, shop_site.all_products)
    happened = []
    for _ in range(30):
        happened.append(history.step())
        compare_with_live_prices()
    compare_with_the_database_average()
    check = check_listings()
    assert check.fits, (happened, check)


def test_a_product_in_several_sub_categories_counts_once(shop_site: ShopSite) -> None:
    fruits = make_category_path("Produce", "Fruits")
    gifts = make_category_path("Produce", "Gifts")
    make_product(price="10.00", categories=[fruits, gifts])
    make_product(price="20.01", categories=[fruits])
    produce = make_category_path("Produce")
    prices = average_price(produce.pk)
    assert (prices.count, prices.average) == (2, Decimal("15.01"))
    assert (prices.lowest, prices.highest) == (Decimal("10.00"), Decimal("20.01"))
    assert average_price(gifts.pk).average == Decimal("10.00")


def test_the_average_is_over_list_prices(shop_site: ShopSite) -> None:
    make_product(price=100, sale_price=50, categories=[shop_site.all_products])
    assert average_price(shop_site.all_products.pk).average == Decimal("100.00")
    assert Listing.objects.filter(category_id=0).get().price == 50


def test_an_empty_category_has_no_prices(shop_site: ShopSite) -> None:
    prices = average_price(shop_site.all_products.pk)
    assert (prices.count, prices.average, prices.lowest) == (0, None, None)


def test_a_sale_that_begins_is_listed_when_its_time_comes(shop_site: ShopSite) -> None:
    begins = now() + timedelta(hours=1)
    product = make_product(
        price=100, sale_price=60, sale_from=begins, categories=[shop_site.all_products]
    )
    listed = Listing.objects.filter(product=product, category_id=0)
    assert listed.get().price == 100
    with fixed(begins + timedelta(minutes=1)):
        assert refresh_turned_sales() == 1
        assert check_listings().fits
    assert listed.get().price == 60
    assert listed.get().on_sale


def test_a_worker_that_was_away_catches_up_with_sales(shop_site: ShopSite) -> None:
    begins = now() + timedelta(hours=1)
    product = make_product(
        price=100, sale_price=60, sale_from=begins, sale_until=begins + timedelta(days=7)
    )
    listed = Listing.objects.filter(product=product, category_id=0)
    with fixed(begins + timedelta(days=3)):
        assert refresh_turned_sales() == 1
        assert listed.get().price == 60
        assert refresh_turned_sales() == 0
    with fixed(begins + timedelta(days=9)):
        assert refresh_turned_sales() == 1
        assert listed.get().price == 100
        assert refresh_turned_sales() == 0


def test_reordering_categories_changes_no_figure(shop_site: ShopSite) -> None:
    first = make_category("First")
    second = make_category("Second")
    make_product(price=7, categories=[second])
    second.move(first, pos="left")
    compare_with_live_prices()
    assert average_price(second.pk).count == 1


def test_the_check_finds_and_mends_what_was_written_past_it(shop_site: ShopSite) -> None:
    product = make_product(price=100, categories=[shop_site.all_products], brand="Ada")
    call_command("check_listings")
    Product.objects.filter(pk=product.pk).update(price=70)
    CategoryFigure.objects.filter(facet="brand").update(count=9)
    with pytest.raises(CommandError, match="1 products and 2 figures"):
        call_command("check_listings")
    call_command("check_listings", repair=True)
    assert average_price(shop_site.all_products.pk).average == Decimal("70.00")
    assert CategoryFigure.objects.filter(facet="brand", count=1).count() == 2
    call_command("check_listings")
