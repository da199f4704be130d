"""manage.py import_products says what it did so that a shopkeeper understands."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import ReferenceIndex

from shop.catalog.models import ImportRun, Product
from shop.tests.integration.catalogue_imports import HEADER, counts, product, write
from shop.tests.truth import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]


def run_command(*arguments: object) -> tuple[int, str]:
    """Return exit code and what was printed."""
    out = StringIO()
    try:
        call_command("import_products", *arguments, verbosity=0, stdout=out, no_color=True)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_good_file(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER}\nA,Apple,10,Fruits\nB,Bun,10,Bakery\n")
    code, said = run_command(path)
    assert code == 0
    assert said == "2 rows read: 2 created, 0 updated, 0 unchanged, 0 refused.\n"
    run = ImportRun.objects.get()
    assert run.filename == "goods.csv"
    assert run.finished_at is not None


def test_bad_rows_are_named_and_the_exit_code_tells(tmp_path: Path) -> None:
    path = write(tmp_path, f'{HEADER}\nA,Apple,"1,200",Fruits\nB,Bun,10,Bakery\n')
    code, said = run_command(path)
    assert code == 1
    assert "  line 2  A  price: The price '1,200' holds a thousands separator" in said
    assert "2 rows read: 1 created, 0 updated, 0 unchanged, 1 refused." in said


def test_a_trial_shows_each_difference(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER}\nA,Apple,10,Fruits\n")
    run_command(path)
    path = write(tmp_path, f"{HEADER}\nA,Red apple,12,Fruits|Snacks\nB,Bun,1,Bakery\n")
    code, said = run_command(path, "--dry-run")
    assert code == 0
    assert "line 2  A  name: Apple -> Red apple" in said
    assert "line 2  A  price: 10.00 -> 12.00" in said
    assert "line 2  A  category_path: All Products/Fruits -> Fruits|Snacks" in said
    assert "1 would be created, 1 would be updated" in said
    assert ImportRun.objects.count() == 1
    assert product("A").name == "Apple"


@pytest.fixture
def with_pictures(tmp_path: Path) -> Path:
    (tmp_path / "shop" / "images").mkdir(parents=True)
    Pillow.new("RGB", (40, 30), "green").save(tmp_path / "shop" / "images" / "apple.jpg")
    Pillow.new("RGB", (40, 30), "red").save(tmp_path / "outside.jpg")
    (tmp_path / "shop" / "images" / "fake.jpg").write_text("<script>")
    (tmp_path / "shop" / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    return write(
        tmp_path / "shop",
        f"{HEADER},image_url\n"
        "A,Apple,10,Fruits,images/apple.jpg\n"
        "B,Bun,10,Bakery,https://images.example/bun.jpg\n"
        "C,Cake,10,Bakery,images/none.jpg\n"
        "D,Dough,10,Bakery,images/fake.jpg\n"
        "E,Elsewhere,10,Bakery,link.jpg\n",
    )


def test_a_picture_beside_the_file_is_taken_once(with_pictures: Path) -> None:
    code, said = run_command(with_pictures)
    assert code == 0
    assert "Pictures are not fetched from the web: 1 rows" in said
    assert "2 rows name a picture file that does not lie beside" in said
    assert "1 rows name a file that is not a picture" in said
    picture = product("A").pictures.get()
    assert picture.alt == "Apple"
    assert (picture.image.width, picture.image.height) == (40, 30)
    assert ReferenceIndex.get_references_to(picture.image).count() == 1
    before = everything()
    assert counts(ImportRun.objects.get()) == (5, 0, 0, 0)
    run_command(with_pictures)
    assert counts(ImportRun.objects.latest("pk")) == (0, 0, 5, 0)
    after = everything()
    assert after["catalog.ProductPicture"] == before["catalog.ProductPicture"]
    assert Image.objects.count() == 1


def test_a_product_that_exists_gets_the_picture(with_pictures: Path, tmp_path: Path) -> None:
    run_command(write(tmp_path, f"{HEADER}\nA,Apple,10,Fruits\n"))
    run_command(with_pictures)
    assert counts(ImportRun.objects.latest("pk")) == (4, 1, 0, 0)
    assert Product.objects.exclude(pictures=None).count() == 1


def test_a_path_that_climbs_out_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER},image_url\nA,Apple,10,Fruits,../outside.jpg\n")
    code, said = run_command(path)
    assert code == 1
    assert "image_url" in said
