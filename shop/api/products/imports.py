"""Catalogue files: sent by staff, worked on in the background, reported row by row."""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import KILOBYTE, ApiView
from shop.api.errors import missing, refused, wrong
from shop.api.idempotency import idempotent
from shop.api.permissions import MayImport
from shop.api.words import LARGEST_ID, read_switch, refuse_unknown
from shop.catalog.actions.importing import start_import
from shop.catalog.models import ImportRun
from shop.catalog.queries.addresses import absolute
from shop.core.errors import ShopError

LARGEST_FILE = 100 * KILOBYTE * KILOBYTE
IN_MEMORY = 1_000 * KILOBYTE


class JsonFile(BaseParser):
    """A body that is the file itself: not read into memory, checked by the importer."""

    media_type = "application/json"
    filename = "catalogue.json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        while chunk := stream.read(64 * KILOBYTE):
            file.write(chunk)
        size = file.tell()
        file.seek(0)
        return DataAndFiles({}, {"file": UploadedFile(file, self.filename, size=size)})


class CsvFile(JsonFile):
    """The same for CSV."""

    media_type = "text/csv"
    filename = "catalogue.csv"


class Upload(ApiView):
    """Take a catalogue file."""

    permission_classes = [MayImport]
    parser_classes = [MultiPartParser, JsonFile, CsvFile]
    largest_body = LARGEST_FILE

    @idempotent
    def post(self, request: Request) -> Response:
        """Import a CSV or JSON file: multipart `file`, or the file as the body.

        With `wait=1` a file under 1,000 rows is answered with its finished report.
        """
        refuse_unknown(request.GET, {"wait", "dry_run"})
        file = request.FILES.get("file")
        if file is None or not file.size:
            raise wrong("file", "Send a CSV or JSON file under the name file.", "required")
        try:
            run = start_import(
                file=file,
                filename=(file.name or "").replace("\x00", ""),
                user=request.user,
                dry_run=bool(read_switch(request.GET, "dry_run")),
                wait=bool(read_switch(request.GET, "wait")),
            )
        except ShopError as refusal:
            raise refused(refusal, lambda _field: "file") from refusal
        if run.finished_at is None:
            return Response({"id": run.pk, "status_url": status_url(run)}, status=202)
        return Response(report(run))


class ImportReport(ApiView):
    """What became of a file."""

    permission_classes = [MayImport]

    def get(self, request: Request, run_id: int) -> Response:
        """Show how far an import is, and what was wrong."""
        refuse_unknown(request.GET, ())
        run = ImportRun.objects.filter(pk=run_id).first() if run_id <= LARGEST_ID else None
        if run is None:
            raise missing("There is no such import.")
        return Response(report(run))


def status_url(run: ImportRun) -> str:
    """Return where an import's report is."""
    return absolute(f"/api/v2/imports/{run.pk}/")


def report(run: ImportRun) -> dict[str, Any]:
    """Return an import as the API says it."""
    return {
        "id": run.pk,
        "status": run.status,
        "status_url": status_url(run),
        "filename": run.filename,
        "dry_run": run.dry_run,
        "rows": {
            "total": run.rows_total,
            "read": run.rows_read,
            "created": run.created,
            "updated": run.updated,
            "unchanged": run.unchanged,
            "refused": run.refused,
        },
        "errors_found": run.errors_found,
        "errors": run.errors,
        "warnings": run.warnings,
        "differences": run.differences,
        "undo_url": None,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
    }
