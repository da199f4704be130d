"""Take only pictures that can be read to their end."""

from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# What Pillow raises for files that begin like a picture and are none.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, Pillow.DecompressionBombError)


class WholePictureField(WagtailImageField):
    """An upload that is a picture by more than its first bytes."""

    def to_python(self, data: Any) -> Any:
        """Return the file once its pixels are read; raises ValidationError where that fails."""
        try:
            file = super().to_python(data)
            if file is not None and file.image.format_name != "svg":
                with Pillow.open(file) as picture:
                    picture.load()
        except UNREADABLE as problem:
            wrong = self.error_messages["invalid_image"]
            raise ValidationError(wrong, code="invalid_image") from problem
        if file is not None:
            file.seek(0)
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, with the stricter field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = WholePictureField(
                label=field.label,
                required=field.required,
                help_text=field.help_text,
                widget=field.widget,
            )
