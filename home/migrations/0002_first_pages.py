"""Give every new install its front page and the root of its categories."""

from django.db import migrations


def first_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    CategoryPage = apps.get_model("catalog", "CategoryPage")
    root = Page.objects.filter(depth=1).order_by("path").first()
    if root is None or HomePage.objects.exists():
        return
    # Wagtail's own migrations leave a welcome page behind; only that one may go.
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page")
    if Page.objects.filter(depth__gte=2).exclude(pk__in=welcome.values("pk")).exists():
        return
    Site.objects.filter(root_page__in=welcome).delete()
    welcome.delete()
    locale = Locale.objects.order_by("pk").first()

    def content_type(app_label, model):
        return ContentType.objects.get_or_create(app_label=app_label, model=model)[0]

    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=content_type("home", "homepage"),
        locale=locale,
        path=f"{root.path}0001",
        depth=2,
        numchild=1,
        url_path="/home/",
    )
    CategoryPage.objects.create(
        title="All Products",
        draft_title="All Products",
        slug="all-products",
        content_type=content_type("catalog", "categorypage"),
        locale=locale,
        path=f"{home.path}0001",
        depth=3,
        numchild=0,
        url_path="/home/all-products/",
        show_in_menus=True,
    )
    root.numchild = 1
    root.save(update_fields=["numchild"])
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("catalog", "0002_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(first_pages, migrations.RunPython.noop)]
