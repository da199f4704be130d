"""The first words about accounts; editors change them in the admin."""

from django.db import migrations

WELCOME_EMAIL = """Dear {first_name},

welcome to {shop}! This is your account, with your orders, addresses and wishlist:
{link}

Warm regards,
{shop}
"""

CODE_EMAIL = """Your code for {shop} is

{code}

It holds for {minutes} minutes. Tell it to nobody: nobody of {shop} will ever ask you for it.
If you did not ask for a code, you need do nothing.
"""

# event, channel, subject, text
TEXTS = [
    (
        "welcome",
        "sms",
        "",
        "Welcome to {shop}! Your orders and addresses are kept here: {link}",
    ),
    ("welcome", "email", "Welcome to {shop}", WELCOME_EMAIL),
    (
        "sign_in_code",
        "sms",
        "",
        "{code} is your code for {shop}. It holds for {minutes} minutes. Tell it to nobody.",
    ),
    ("sign_in_code", "email", "{code} is your code for {shop}", CODE_EMAIL),
]


def write_texts(apps, schema_editor):
    template = apps.get_model("notifications", "MessageTemplate")
    for event, channel, subject, body in TEXTS:
        template.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_messages_about_accounts")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
