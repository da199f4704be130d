"""Pictures get their sizes in the background; a page shows what there is."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django_q.models import OrmQ
from wagtail.images.models import Image

from shop.catalog.pictures import CARD, GALLERY, KINDS
from shop.catalog.queries.pictures import picture
from shop.catalog.tasks import prepare_new_pictures, prepare_pictures
from shop.tests.factories import ShopSite, make_image, make_product

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9"/></svg>'


def waiting() -> list[tuple[str, tuple[int, ...]]]:
    return [(queued.task["func"], queued.task["args"]) for queued in OrmQ.objects.all()]


def test_a_heap_of_new_pictures_never_stands_before_a_message(db: None) -> None:
    OrmQ.objects.all().delete()
    for _ in range(3):
        make_image()
    assert waiting() == []
    assert prepare_new_pictures(seconds=0) == 0
    assert prepare_new_pictures() == 3
    assert prepare_new_pictures() == 0


def test_a_changed_picture_is_cut_anew_at_once(db: None) -> None:
    image = make_image()
    OrmQ.objects.all().delete()
    image.focal_point_x = 10
    image.save()
    assert waiting() == [("shop.catalog.tasks.prepare_pictures", (image.pk,))]


def test_a_picture_that_cannot_be_read_does_not_stop_the_others(db: None) -> None:
    good, broken = make_image(), make_image()
    Path(broken.file.path).write_bytes(b"no picture")
    assert prepare_new_pictures() == 1
    assert good.renditions.exists()


def test_every_size_is_made_once(db: None) -> None:
    image = make_image(size=(1000, 1000))
    prepare_pictures(image.pk)
    made = set(image.renditions.values_list("filter_spec", flat=True))
    assert made == {spec for kind in KINDS for spec in kind.specs}
    kept = set(image.renditions.values_list("pk", flat=True))
    prepare_pictures(image.pk)
    assert set(image.renditions.values_list("pk", flat=True)) == kept
    shown = picture(image.pk, CARD)
    assert shown is not None
    assert shown["width"] == "480"
    assert [size.split()[1] for size in shown["avif_srcset"].split(", ")] == ["240w", "480w"]


def test_sizes_cut_around_an_older_point_go(db: None) -> None:
    image = make_image(size=(300, 200))
    prepare_pictures(image.pk)
    old = set(image.renditions.values_list("pk", flat=True))
    image.focal_point_x, image.focal_point_y = 10, 10
    image.focal_point_width = image.focal_point_height = 20
    image.save()
    prepare_pictures(image.pk)
    new = set(image.renditions.values_list("pk", flat=True))
    assert new
    assert not old & new


def test_a_picture_without_sizes_gets_the_one_everybody_can_read(db: None) -> None:
    image = make_image(size=(500, 500))
    shown = picture(image.pk, GALLERY)
    assert shown is not None
    assert shown["src"].endswith(".jpg")
    assert not shown["avif_srcset"]
    assert image.renditions.count() == 1


def test_a_small_picture_names_its_true_width(db: None) -> None:
    image = make_image(size=(64, 48))
    prepare_pictures(image.pk)
    shown = picture(image.pk, CARD)
    assert shown is not None
    assert shown["avif_srcset"].endswith(" 48w")
    assert "," not in shown["avif_srcset"]


def test_a_drawing_is_shown_as_it_is(client: Client, shop_site: ShopSite) -> None:
    image = Image.objects.create(
        title="Logo", file=ImageFile(ContentFile(SVG), name="logo.svg"), width=40, height=30
    )
    prepare_pictures(image.pk)
    assert image.renditions.count() == 0
    product = make_product(pictures=[image], categories=[shop_site.all_products])
    for address in (product.url, "/all-products/"):
        assert ".svg" in client.get(address).content.decode()


def test_a_picture_whose_file_is_gone_breaks_no_page(client: Client, shop_site: ShopSite) -> None:
    image = make_image()
    image.file.storage.delete(image.file.name)
    product = make_product("Lamp", pictures=[image], categories=[shop_site.all_products])
    for address in (product.url, "/all-products/"):
        assert "Lamp" in client.get(address).content.decode()
