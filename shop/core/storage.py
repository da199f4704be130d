"""Where pictures and documents are kept on a disk of one's own."""

from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="shop.core.storage.WholeFileStorage")
class WholeFileStorage(FileSystemStorage):
    """Keeps a file whole or not at all: what a full disk cut short is taken away again."""

    def _save(self, name: str, content: Any) -> str:
        # The name is free: whatever stands there after a failure was begun by this call.
        free = not self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError:
            if free:
                self.delete(name)
            raise
