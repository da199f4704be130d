"""Tell of what may happen to an order more than once; first words about money sent back."""

from django.db import migrations, models

OF_ORDERS = [
    ("order_placed", "Order placed"),
    ("order_paid", "Order paid"),
    ("order_confirmed", "Order confirmed"),
    ("order_shipped", "Order shipped"),
    ("order_delivered", "Order delivered"),
    ("order_cancelled", "Order cancelled"),
    ("order_refunded", "Money sent back"),
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

REFUNDED_EMAIL = """Dear {first_name},

we have sent {amount} back to you for order {number}.

You find it as: {receipt}

The order:
{link}

Warm regards,
{shop}
"""

# event, channel, subject, text
TEXTS = [
    (
        "order_refunded",
        "sms",
        "",
        "{first_name}, we sent {amount} of order {number} back to you: {receipt}. {shop}",
    ),
    ("order_refunded", "email", "Money for order {number} is on its way to you", REFUNDED_EMAIL),
]


def write_texts(apps, schema_editor):
    template = apps.get_model("notifications", "MessageTemplate")
    for event, channel, subject, body in TEXTS:
        template.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0008_broadcasts_reports_and_spending")]

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
        migrations.AddField(
            model_name="message",
            name="occasion",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.RemoveConstraint(model_name="message", name="one_message_an_event_channel"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("order", "event", "occasion", "channel"),
                name="one_message_an_event_channel",
            ),
        ),
        migrations.RunPython(write_texts, migrations.RunPython.noop),
    ]
