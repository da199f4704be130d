"""Where the screens about imports stand."""

from django.urls import path

from shop.backoffice.imports.deeds import (
    go_on_with_import,
    import_tried_file,
    undo_catalogue_import,
)
from shop.backoffice.imports.files import export_catalogue, import_report
from shop.backoffice.imports.views import catalogue_import, catalogue_imports, progress

IMPORT_ADDRESSES = [
    path("imports/", catalogue_imports, name="catalogue_imports"),
    path("imports/export/", export_catalogue, name="catalogue_export"),
    path("imports/<int:run_id>/", catalogue_import, name="catalogue_import"),
    path("imports/<int:run_id>/progress/", progress, name="catalogue_import_progress"),
    path("imports/<int:run_id>/report/", import_report, name="catalogue_import_report"),
    path("imports/<int:run_id>/write/", import_tried_file, name="catalogue_import_write"),
    path("imports/<int:run_id>/go-on/", go_on_with_import, name="catalogue_import_go_on"),
    path("imports/<int:run_id>/undo/", undo_catalogue_import, name="catalogue_import_undo"),
]
