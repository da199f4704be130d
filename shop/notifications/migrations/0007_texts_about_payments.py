"""The first words about money that came; editors change them in the admin."""

from django.db import migrations

PAID_EMAIL = """Dear {first_name},

thank you, your payment of {total} for order {number} has arrived.

Receipt: {receipt}

You can see where your order stands at any time:
{link}

Warm regards,
{shop}
"""

# event, channel, subject, text
TEXTS = [
    (
        "order_paid",
        "sms",
        "",
        "Thank you {first_name}! Order {number} is paid: {total}, receipt {receipt}. {link} {shop}",
    ),
    ("order_paid", "email", "Order {number} is paid", PAID_EMAIL),
]


def write_texts(apps, schema_editor):
    template = apps.get_model("notifications", "MessageTemplate")
    for event, channel, subject, body in TEXTS:
        template.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_order_paid")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
