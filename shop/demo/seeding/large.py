"""A large catalogue for measurements: generated rows, written by the importer like any file."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from shop.catalog.actions.importing import import_catalogue
from shop.catalog.models import ImportRun, Product, ProductPicture
from shop.catalog.tasks import prepare_pictures
from shop.core.bulk import count_anew
from shop.demo.pictures.painting import Drawing
from shop.demo.seeding.drawing import add_images
from shop.demo.seeding.vocabulary import QUALITIES, THINGS
from shop.demo.words import catalogue

MOST_PRODUCTS = 1_000_000
MOST_LEAVES = 3_889  # with the categories above them: 5,000
PICTURES = 24
BATCH = 5_000

MAKERS = ("Acacia", "Baobab", "Coral", "Dune", "Ember", "Fern", "Grove", "Heron", "Ibis", "Jua")
AISLES = ("House", "Kitchen", "Garden", "Light", "Cloth", "Paper", "Tools", "Food", "Farm", "Play")
COLUMNS = ("sku", "name", "price", "category_path", "description", "brand", "stock", "sale_price")


def seed_products(count: int, say: Callable[[str], None], *, seed: int = 254) -> None:
    """Import `count` generated products in up to 5,000 categories, five levels deep.

    The same count and seed give the same catalogue; a second run changes nothing.
    """
    if count and Product.objects.filter(sku=sku(count - 1)).exists():
        say(f"{count:,} products are here already.")
        give_pictures()
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "generated.csv"
        say(f"Writing {count:,} rows ...")
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(rows(count, Random(seed)))
        say("Importing them ...")
        run = import_catalogue(ImportRun(filename=file.name), file) if count else None
    if run is not None:
        say(f"{run.created:,} created, {run.unchanged:,} unchanged, {run.refused:,} refused.")
        give_pictures()


def rows(count: int, rng: Random) -> Iterator[tuple[str, ...]]:
    """Yield generated rows of a catalogue file."""
    leaves = max(4, min(MOST_LEAVES, count // 25))
    for number in range(count):
        quality, thing = rng.choice(QUALITIES), rng.choice(THINGS)
        maker = f"{rng.choice(MAKERS)} {rng.choice(AISLES)}"
        price = rng.choice((90, 150, 250, 480, 750, 1_200, 2_400, 5_600, 14_500)) + rng.randrange(
            60
        )
        paths = leaf_path(number % leaves)
        if number % 10 == 0:
            paths += f"|{leaf_path((number * 7 + 3) % leaves)}"
        yield (
            sku(number),
            f"{quality} {thing} {rng.randrange(100, 1_000)}",
            str(price),
            paths,
            f"A {quality.lower()} {thing.lower()} by {maker}, one of the things that are bought"
            f" again. Lasts {rng.randrange(1, 20)} years with a little care.",
            maker,
            "0" if rng.random() < 0.05 else str(rng.randrange(40, 1_000)),
            str(price - price // 5) if rng.random() < 0.1 else "",
        )


def sku(number: int) -> str:
    """Return the SKU of a generated product."""
    return f"GEN-{number:07d}"


def leaf_path(leaf: int) -> str:
    """Return the category path of a leaf: ten aisles of ten of ten, then up to four shelves."""
    aisle, group, shelf, board = leaf % 10, leaf // 10 % 10, leaf // 100 % 10, leaf // 1_000
    return (
        f"All Products/{AISLES[aisle]}/{QUALITIES[group * 5]} {AISLES[aisle]}"
        f"/{QUALITIES[group * 5]} {THINGS[shelf * 9]}/{THINGS[shelf * 9]} shelf {board + 1}"
    )


def give_pictures() -> None:
    """Hang one of two dozen drawn pictures on every product that has none."""
    goods = catalogue.products()[::8][:PICTURES]
    drawings = [
        Drawing(words.name, f"generated-{at}.jpg", (words.motif,), words.palette, words.seed)
        for at, words in enumerate(goods)
    ]
    images = [image.pk for image in add_images(drawings)]
    for image in images:
        prepare_pictures(image)
    bare = iter(
        Product.objects.filter(pictures=None, sku__startswith="GEN-")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    while batch := list(islice(bare, BATCH)):
        ProductPicture.objects.bulk_create(
            [ProductPicture(product_id=pk, image_id=images[pk % len(images)]) for pk in batch]
        )
    count_anew()
