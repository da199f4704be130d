"""How often what shoppers are shown has changed."""

from django.db import models


class CatalogueChange(models.Model):
    """Changes of what shoppers are shown, written by triggers alone (changes/triggers.py)."""

    turn = models.BigIntegerField(default=0)

    class Meta:
        db_table = "api_cataloguechange"  # where the API counted them first

    def __str__(self) -> str:
        return f"change {self.pk}.{self.turn}"
