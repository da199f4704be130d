"""Let an order that was changed have a new invoice once its first one was credited whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="taxdocument", name="one_invoice_an_order"),
        migrations.AddField(
            model_name="taxdocument",
            name="superseded",
            field=models.BooleanField(default=False, db_default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="taxdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "invoice"), ("superseded", False)),
                fields=("order",),
                name="one_invoice_an_order",
            ),
        ),
    ]
