"""Tell of an order that the shop changed before it was packed; first words about it."""

from django.db import migrations, models

OF_ORDERS = [
    ("order_placed", "Order placed"),
    ("order_paid", "Order paid"),
    ("order_confirmed", "Order confirmed"),
    ("order_shipped", "Order shipped"),
    ("order_delivered", "Order delivered"),
    ("order_changed", "Order changed"),
    ("order_cancelled", "Order cancelled"),
    ("order_refunded", "Money sent back"),
    ("order_return", "Return"),
    ("welcome", "New customer"),
    ("sign_in_code", "Code to sign in"),
]
OTHERS = [
    ("account", "About an account"),
    ("alert", "Alert to staff"),
    ("news", "News to customers"),
    ("trial", "Trial of a text"),
    ("daily_report", "Daily report"),
]

CHANGED_EMAIL = """Dear {first_name},

we have changed order {number} as agreed. {money}

{lines}

{totals}

Delivery: {delivery}
To: {place}

You can see where your order stands at any time:
{link}

Warm regards,
{shop}
"""

# event, channel, subject, text
TEXTS = [
    (
        "order_changed",
        "sms",
        "",
        "{first_name}, order {number} was changed as agreed: {total} in all. {money} {link} {shop}",
    ),
    ("order_changed", "email", "Order {number} was changed", CHANGED_EMAIL),
]


def write_texts(apps, schema_editor):
    template = apps.get_model("notifications", "MessageTemplate")
    for event, channel, subject, body in TEXTS:
        template.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0011_find_a_message_by_its_providers_number")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="event",
            field=models.CharField(choices=OF_ORDERS + OTHERS, max_length=30),
        ),
        migrations.AlterField(
            model_name="messagetemplate",
            name="event",
            field=models.CharField(choices=OF_ORDERS, max_length=30, verbose_name="event"),
        ),
        migrations.RunPython(write_texts, migrations.RunPython.noop),
    ]
