"""Say which parcel is meant and who brings it; first words about returns."""

from django.db import migrations, models

EVENTS = [
    ("order_placed", "Order placed"),
    ("order_paid", "Order paid"),
    ("order_confirmed", "Order confirmed"),
    ("order_shipped", "Order shipped"),
    ("order_delivered", "Order delivered"),
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

PARCEL_EMAIL = """Dear {first_name},

%s

{lines}

Order: {number}
Delivery: {delivery}
To: {place}

You can see where your order stands at any time:
{link}

Warm regards,
{shop}
"""
SHIPPED_EMAIL = PARCEL_EMAIL % (
    "{parcel} is on its way to you. Please keep your phone near. {tracking}\n\n"
    "Follow it here:\n{tracking_link}\n\nThis is in it:"
)
DELIVERED_EMAIL = PARCEL_EMAIL % (
    "{parcel} has been delivered. We hope you enjoy it! This was in it:"
)
RETURN_EMAIL = """Dear {first_name},

{news}

Order: {number}
{link}

Warm regards,
{shop}
"""
RETURN_STAFF_EMAIL = """{news}

Order: {number}
From: {name}
Phone: {phone}

{admin_link}
"""

# event, channel, subject, text
TEXTS = [
    (
        "order_shipped",
        "sms",
        "",
        "{first_name}, {parcel} {number} is on its way. {tracking} {link} {shop}",
    ),
    ("order_shipped", "email", "On its way: {parcel} {number}", SHIPPED_EMAIL),
    (
        "order_delivered",
        "sms",
        "",
        "{first_name}, {parcel} {number} has been delivered."
        " Thank you for shopping with {shop}!",
    ),
    ("order_delivered", "email", "Delivered: {parcel} {number}", DELIVERED_EMAIL),
    ("order_return", "sms", "", "{first_name}, order {number}: {news} {shop}"),
    ("order_return", "email", "About your return, order {number}", RETURN_EMAIL),
    ("order_return", "staff_email", "Return, order {number}", RETURN_STAFF_EMAIL),
]
# What stood there before. Words that an editor has changed stay the editor's.
BEGINNINGS = (
    "{first_name}, your order {number} is on its way. Please keep your phone near. {shop}",
    "{first_name}, your order {number} has been delivered. Thank you for shopping with {shop}!",
    "Dear {first_name},\n\nyour order is on its way to you. Please keep your phone near.\n",
    "Dear {first_name},\n\nyour order has been delivered. We hope you enjoy it!\n",
)


def write_texts(apps, schema_editor):
    templates = apps.get_model("notifications", "MessageTemplate").objects
    for event, channel, subject, body in TEXTS:
        text, made = templates.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )
        if not made and text.body.startswith(BEGINNINGS):
            text.subject, text.body = subject, body
            text.save()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_refunded_orders")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="event",
            field=models.CharField(choices=[*EVENTS, *OTHERS], max_length=30),
        ),
        migrations.AlterField(
            model_name="messagetemplate",
            name="event",
            field=models.CharField(choices=EVENTS, max_length=30, verbose_name="event"),
        ),
        migrations.RunPython(write_texts, migrations.RunPython.noop),
    ]
