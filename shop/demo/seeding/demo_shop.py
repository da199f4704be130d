"""The demo shop: about 200 products in a deep tree, pages, delivery, orders in every status."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.html import format_html_join
from django.utils.text import slugify
from wagtail.images.models import Image
from wagtail.models import Site

from home.models import HomePage, SiteSettings, StandardPage
from shop.catalog.actions import ensure_categories
from shop.catalog.models import (
    CategoryPage,
    Product,
    ProductAttribute,
    ProductPicture,
    ProductPlacement,
    Variant,
)
from shop.core.clock import now
from shop.demo.pictures.painting import Drawing
from shop.demo.seeding.drawing import add_images
from shop.demo.seeding.orders import seed_orders
from shop.demo.seeding.prices import seed_delivery, seed_promotions, weight_of
from shop.demo.seeding.quiet import nobody_told
from shop.demo.words import catalogue, site
from shop.demo.words.catalogue import CategoryWords, ProductWords
from shop.inventory.actions import set_on_hand
from shop.inventory.models import Movement
from shop.invoicing.models import Seller

SHOPFRONT = "The shop front"
STORY = "Baskets and mangoes"
DEMO_ORDERS = 24

Say = Callable[[str], None]
Path = tuple[str, ...]


@nobody_told()
def seed_demo_shop(say: Say, *, orders: int = DEMO_ORDERS) -> None:
    """Fill an empty shop; a second run changes nothing."""
    if Product.objects.exists():
        say("The shop has products already: nothing was seeded.")
        return
    goods = catalogue.products()
    say(f"Drawing {len(goods)} pictures ...")
    pictures = dict(zip((words.sku for words in goods), add_images(_drawings(goods)), strict=True))
    shelves = _banners()
    say("Writing categories, products and pages ...")
    with transaction.atomic():
        numbers = seed_categories(shelves)
        seed_products(goods, numbers, pictures)
        seed_delivery()
        seed_promotions(numbers)
        seed_pages()
    say("Placing orders ...")
    seed_orders(orders)


def _drawings(goods: Iterable[ProductWords]) -> list[Drawing]:
    return [
        Drawing(
            title=words.name,
            file_name=f"{slugify(words.name)}.jpg",
            motifs=(words.motif,),
            palette=words.palette,
            seed=words.seed,
        )
        for words in goods
    ]


def _banners() -> dict[Path, Image]:
    """Draw a banner for each of the aisles, the categories right below the root."""
    aisles = [words for words in catalogue.categories() if len(words.path) == 2]
    drawings = [
        Drawing(
            title=f"Aisle: {words.title}",
            file_name=f"aisle-{slugify(words.title)}.jpg",
            motifs=words.motifs,
            palette=words.palette,
            seed=number,
            kind="banner",
        )
        for number, words in enumerate(aisles)
    ]
    drawings.append(Drawing(SHOPFRONT, "shop-front.jpg", (), "market", 0, "shop_front"))
    drawings.append(
        Drawing(
            STORY,
            "baskets-and-mangoes.jpg",
            ("mango", "basket", "pineapple"),
            "market",
            3,
            "banner",
        )
    )
    images = list(add_images(drawings))
    return {words.path: image for words, image in zip(aisles, images, strict=False)}


def seed_categories(pictures: dict[Path, Image]) -> dict[Path, int]:
    """Make the tree with its introductions and pictures; returns page ids by path."""
    words_by_path = {words.path: words for words in catalogue.categories()}
    numbers = ensure_categories(words_by_path)
    pages = CategoryPage.objects.in_bulk(numbers.values())
    for path, words in words_by_path.items():
        _describe(pages[numbers[path]], words, pictures.get(path))
    return numbers


def _describe(page: CategoryPage, words: CategoryWords, picture: Image | None) -> None:
    page.introduction = words.introduction
    page.search_description = words.introduction[:300]
    page.picture = picture
    page.show_in_menus = len(words.path) == 2
    page.save_revision().publish()


def seed_products(
    goods: Iterable[ProductWords], numbers: dict[Path, int], pictures: dict[str, Image]
) -> None:
    """Publish every product and count its stock."""
    goods = list(goods)
    for age, words in enumerate(goods):
        product = Product(
            name=words.name,
            sku=words.sku,
            brand=words.brand,
            description=format_html_join("", "<p>{}</p>", ([text] for text in words.paragraphs)),
            price=words.price,
            sale_price=words.sale_price,
            tax_class=words.tax_class,
            featured=words.featured,
            first_published_at=now() - timedelta(hours=7 * ((age * 37) % len(goods))),
            live=True,
        )
        product.placements = [
            ProductPlacement(category_id=numbers[path], sort_order=place)
            for place, path in enumerate(words.categories)
        ]
        product.attributes = [
            ProductAttribute(name=name, value=value, sort_order=place)
            for place, (name, value) in enumerate(words.attributes.items())
        ]
        product.pictures = [
            ProductPicture(image=pictures[words.sku], alt=f"{words.name}, drawn", sort_order=0)
        ]
        own = words.attributes.get("Weight", "")
        product.variants = [
            Variant(
                sku=variant.sku,
                options=dict(variant.options),
                price=variant.price,
                price_difference=variant.price_difference,
                weight=weight_of(variant.options.get("Weight", "")) or weight_of(own),
                sort_order=place,
            )
            for place, variant in enumerate(words.variants)
        ] or [Variant(sku=words.sku, weight=weight_of(own))]
        product.save()
    _count_stock(goods)


def _count_stock(goods: Iterable[ProductWords]) -> None:
    counts = {words.sku: words.stock for words in goods if not words.variants}
    counts |= {variant.sku: variant.stock for words in goods for variant in words.variants}
    numbers = dict(Variant.objects.values_list("sku", "pk"))
    set_on_hand(
        {numbers[sku]: count for sku, count in counts.items()},
        kind=Movement.Kind.RECEIVED,
        reason="Opening stock of the demo shop",
    )


def seed_pages() -> None:
    """Compose the home page, the pages of words and what header and footer say."""
    words = site.home()
    front = HomePage.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    aisles = CategoryPage.objects.get(depth=3, slug="all-products")
    images = dict(Image.objects.filter(title__in=(SHOPFRONT, STORY)).values_list("title", "pk"))
    link = {"text": words.hero_button, "page": aisles.pk, "address": ""}
    empty = {"text": "", "page": None, "address": ""}
    blocks = [
        (
            "hero",
            {
                "title": words.hero_title,
                "text": words.hero_text,
                "picture": {
                    "image": images[SHOPFRONT],
                    "alt_text": "A shop front with a striped awning and full shelves",
                    "decorative": False,
                },
                "button": link,
                "second_button": empty,
            },
        ),
        ("category_grid", {"title": words.categories_title, "categories": []}),
        (
            "featured_products",
            {
                "title": words.featured_title,
                "text": "",
                "products": [],
                "how_many": 8,
                "more": empty,
            },
        ),
        (
            "story",
            {
                "title": words.story_title,
                "text": "".join(f"<p>{part}</p>" for part in words.story),
                "picture": images[STORY],
                "link": empty,
            },
        ),
    ]
    front.body = [{"type": name, "value": value} for name, value in blocks]
    front.title, front.seo_title = words.title, words.seo_title
    front.search_description = words.seo_description
    front.save_revision().publish()
    for page in site.pages():
        _seed_page(front, page)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.tagline = "A general store, online"
    settings.phone = "+254 700 000 000"
    settings.email = "hello@example.com"
    settings.address = "Demo Street, Nairobi"
    settings.opening_hours = "Monday to Saturday, 7:00 to 20:00"
    settings.save()
    Seller.objects.update_or_create(
        defaults={
            "legal_name": "Demo General Store Limited",
            "pin": "P000000000A",
            "address": settings.address,
            "phone": settings.phone,
            "email": settings.email,
        }
    )


def _seed_page(front: HomePage, words: site.PageWords) -> None:
    if StandardPage.objects.filter(slug=words.slug).exists():
        return
    text = "".join(
        (f"<h2>{heading}</h2>" if heading else "") + "".join(f"<p>{part}</p>" for part in parts)
        for heading, parts in words.sections
    )
    page = StandardPage(
        title=words.title, slug=words.slug, introduction=words.introduction, show_in_menus=True
    )
    page.body = [{"type": "text", "value": text}]
    front.add_child(instance=page)
    page.save_revision().publish()
