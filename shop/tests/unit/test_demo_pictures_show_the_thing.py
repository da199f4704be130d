"""The drawing program gives the same picture for the same wish, and another for another."""

from collections import Counter
from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageChops, ImageStat

from shop.demo import words
from shop.demo.pictures import MOTIFS, PALETTES, banner, draw, encoded, shop_front
from shop.demo.pictures.canvas import Canvas
from shop.demo.pictures.colour import from_hex, mix, shade, tint
from shop.demo.pictures.ground import lay_ground
from shop.demo.pictures.registry import motif

SMALL = (160, 160)
DEFAULT = "pantry"


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean difference of two pictures, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_stands_in_the_middle_and_leaves_the_corners_free(name: str) -> None:
    palette = PALETTES[DEFAULT]
    bare = Canvas(SMALL, palette, Random(3))
    lay_ground(bare, 3)
    picture = draw(name, seed=3, palette=DEFAULT, size=SMALL)
    ground = bare.finished()
    middle, corner = (40, 40, 120, 130), (0, 0, 14, 14)
    assert picture.size == SMALL
    assert picture.mode == "RGB"
    assert difference(picture.crop(middle), ground.crop(middle)) > 8
    assert difference(picture.crop(corner), ground.crop(corner)) < 1


def test_the_same_wish_gives_the_same_bytes() -> None:
    first = draw("mango", seed=7, palette="market", size=SMALL)
    again = draw("mango", seed=7, palette="market", size=SMALL)
    assert first.tobytes() == again.tobytes()


def test_another_seed_gives_another_picture() -> None:
    first = draw("kanga", seed=7, palette="cloth", size=SMALL)
    other = draw("kanga", seed=8, palette="cloth", size=SMALL)
    assert difference(first, other) > 4


def test_products_of_one_motif_still_look_different() -> None:
    motifs = Counter(product.motif for product in words.products())
    shared = [product for product in words.products() if motifs[product.motif] > 1]
    seen: dict[bytes, str] = {}
    assert shared
    for product in shared:
        picture = draw(product.motif, seed=product.seed, palette=product.palette, size=(48, 48))
        assert seen.setdefault(picture.tobytes(), product.sku) == product.sku


def test_a_product_picture_is_light_to_send() -> None:
    content = encoded(draw("tomato", seed=1, palette="market"))
    opened = Image.open(BytesIO(content))
    assert opened.format == "JPEG"
    assert opened.size == (900, 900)
    assert len(content) < 60_000


def test_a_banner_shows_its_goods_side_by_side() -> None:
    goods = ("mango", "kale", "honey_jar")
    picture = banner(goods, seed=1, palette="market", size=(400, 160))
    empty = banner((), seed=1, palette="market", size=(400, 160))
    assert picture.size == (400, 160)
    assert difference(picture, empty) > 4


def test_the_shop_front_is_as_large_as_it_is_asked_to_be() -> None:
    picture = shop_front(size=(450, 275))
    assert picture.size == (450, 275)
    assert picture.tobytes() == shop_front(size=(450, 275)).tobytes()


def test_an_unknown_motif_or_palette_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("unicorn", seed=1, palette=DEFAULT, size=SMALL)
    with pytest.raises(KeyError):
        draw("mango", seed=1, palette="neon", size=SMALL)


def test_a_motif_cannot_be_drawn_twice_under_one_name() -> None:
    with pytest.raises(ValueError, match="mango"):
        motif("mango")(MOTIFS["mango"])


def test_shade_darkens_and_tint_lightens() -> None:
    colour = from_hex("#8090a0")
    assert colour == (128, 144, 160)
    assert sum(shade(colour, 0.5)) < sum(colour) < sum(tint(colour, 0.5))
    assert mix(colour, (0, 0, 0), 2) == (0, 0, 0)


def test_what_is_painted_within_an_outline_stays_inside() -> None:
    board = Canvas((100, 100), PALETTES[DEFAULT], Random(1))
    red = (255, 0, 0)
    before = board.image.getpixel((20, 20))
    with board.within([(400, 400), (600, 400), (600, 600), (400, 600)]):
        board.fill([(0, 0), (1000, 0), (1000, 1000), (0, 1000)], red)
    assert board.image.getpixel((100, 100)) == red
    assert board.image.getpixel((20, 20)) == before
