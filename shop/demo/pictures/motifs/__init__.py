"""Every motif, one module a department."""

from importlib import import_module
from pkgutil import iter_modules

from shop.demo.pictures.registry import MOTIFS

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["MOTIFS"]
