"""What the site's header and footer do when something happens."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.models import SiteSettings
from home.sites import forget_sites


@receiver([page_published, page_unpublished, post_page_move])
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=SiteSettings)
@receiver(post_delete, sender=Page)
def say_it_anew(**kwargs: Any) -> None:
    """Header and footer follow what an editor changed."""
    forget_sites()
