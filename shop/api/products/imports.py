"""Catalogue files: sent by staff, worked on in the background, reported row by row."""

from tempfile import SpooledTemporaryFile
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import KILOBYTE, ApiView
from shop.api.errors import missing, refused, wrong
from shop.api.idempotency import idempotent
from shop.api.permissions import MayImport
from shop.api.words import LARGEST_ID, read_switch, refuse_unknown
from shop.catalog.actions.importing import can_undo, start_import, start_undo
from shop.catalog.models import ImportedRow, ImportRun
from shop.catalog.queries.addresses import absolute
from shop.core.errors import ShopError

LARGEST_FILE = 100 * KILOBYTE * KILOBYTE
IN_MEMORY = 1_000 * KILOBYTE
# Rows that an undoing left as they are, told one by one.
MOST_TOLD = 10_000


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
    scopes: ClassVar[dict[str, str]] = {"POST": "catalog:write"}
    rates: ClassVar[dict[str, str]] = {"POST": "import"}
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
    scopes: ClassVar[dict[str, str]] = {"GET": "catalog:write"}

    def get(self, request: Request, run_id: int) -> Response:
        """Show how far an import is, and what was wrong."""
        refuse_unknown(request.GET, ())
        return Response(report(_import(run_id)))


class UndoImport(ApiView):
    """Take an import back."""

    permission_classes = [MayImport]
    scopes: ClassVar[dict[str, str]] = {"POST": "catalog:write"}
    rates: ClassVar[dict[str, str]] = {"POST": "import"}

    @idempotent
    def post(self, request: Request, run_id: int) -> Response:
        """Undo an import; rows that somebody changed since stay and are listed.

        With `wait=1` an import of under 1,000 changes is undone before the answer.
        """
        refuse_unknown(request.GET, {"wait"})
        run = _import(run_id)
        try:
            run = start_undo(run, user=request.user, wait=bool(read_switch(request.GET, "wait")))
        except ShopError as refusal:
            raise refused(refusal) from refusal
        return Response(report(run), status=202 if run.undo_at_work else 200)


def _import(run_id: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=run_id).first() if run_id <= LARGEST_ID else None
    if run is None:
        raise missing("There is no such import.")
    return run


def status_url(run: ImportRun) -> str:
    """Return where an import's report is."""
    return absolute(f"/api/v2/imports/{run.pk}/")


def undo_url(run: ImportRun) -> str:
    """Return where a POST takes an import back."""
    return absolute(f"/api/v2/imports/{run.pk}/undo/")


def _undo(run: ImportRun) -> dict[str, Any]:
    stayed = run.rows.filter(
        outcome__in=[ImportedRow.Outcome.KEPT, ImportedRow.Outcome.UNPUBLISHED]
    )
    rows = stayed.order_by("line").values_list("line", "sku", "outcome", "reason")
    return {
        "status": run.undo,
        "undone": run.undone,
        "kept": run.kept,
        "rows": [
            {"line": line, "sku": sku, "outcome": outcome, "detail": reason}
            for line, sku, outcome, reason in rows[:MOST_TOLD]
        ],
        "finished_at": run.undo_finished_at,
    }


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
        "undo_url": undo_url(run) if can_undo(run) else None,
        "undo": _undo(run) if run.undo else None,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
    }
