"""Work of the catalogue that waits for nobody."""

from wagtail.images.models import Filter, Image

from shop.catalog.actions.importing import take_turn
from shop.catalog.actions.listings import refresh_turned_sales
from shop.catalog.models import ImportRun
from shop.catalog.pictures import KINDS


def prepare_pictures(image_id: int) -> None:
    """Make every size that pages use of an image; a second run makes nothing."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None or image.is_svg():
        return
    specs = [spec for kind in KINDS for spec in kind.specs]
    # All sizes are cut around the same focal point; those cut around an older one go.
    key = Filter(spec=specs[0]).get_cache_key(image)
    for outdated in image.renditions.filter(filter_spec__in=specs).exclude(focal_point_key=key):
        outdated.delete()
    image.get_renditions(*specs)


def turn_sales() -> int:
    """List products under their new price whose sale has just begun or ended."""
    return refresh_turned_sales()


def run_import(import_id: int) -> None:
    """Go on with an uploaded import; a second run finds nothing left to do."""
    run = ImportRun.objects.filter(pk=import_id).first()
    if run is not None:
        take_turn(run)
