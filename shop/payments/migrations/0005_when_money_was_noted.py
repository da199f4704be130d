from django.db import migrations, models
from django.db.models import F


def date_what_came(apps, schema_editor):
    """Nothing changed a payment after its money came, so the last change tells when that was."""
    payments = apps.get_model("payments", "Payment").objects.using(schema_editor.connection.alias)
    payments.filter(state__in=["paid", "review"], received_at=None).update(
        received_at=F("updated_at")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_statements_and_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="received_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("received_at__isnull", False)),
                fields=["received_at"],
                name="payments_by_day_received",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("state", "review")), fields=["id"], name="payments_in_review"
            ),
        ),
        migrations.RunPython(date_what_came, migrations.RunPython.noop),
    ]
