"""Pictures and documents as Wagtail's endpoints say them: whole addresses, tags without asking."""

from typing import Any

from rest_framework.fields import Field
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.images.api.v2.serializers import ImageSerializer

from shop.catalog.queries.addresses import absolute


class TagNames(Field[Any, Any, Any, Any]):
    """Tags by name; those of a whole page are read at once."""

    def to_representation(self, value: Any) -> list[str]:
        return sorted(tag.name for tag in value.all())


class FileAddress(Field[Any, Any, Any, Any]):
    """Where a file is, for another program to follow."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, value: Any) -> str:
        return absolute(value.file.url)


class ShopImageSerializer(ImageSerializer):
    """A picture."""

    download_url = FileAddress(read_only=True)
    tags = TagNames(read_only=True)


class ShopDocumentSerializer(DocumentSerializer):
    """A document."""

    tags = TagNames(read_only=True)
