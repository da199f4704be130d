"""Where pictures and documents are kept in a bucket of any S3 (MEDIA_STORAGE_URL)."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

CONNECT_SECONDS = 3
ANSWER_SECONDS = 20


class BucketStorage(S3Storage):
    """The S3 of django-storages; it does not wait for ever, nor ask for what only Amazon has."""

    def __init__(self, **settings: Any) -> None:
        settings["client_config"] = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": settings.get("addressing_style", "auto")},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**settings)
