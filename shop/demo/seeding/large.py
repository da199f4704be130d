"""A large catalogue for measurements, written by the importer like anybody's file."""

MOST_PRODUCTS = 1_000_000


def seed_products(n, say): ...
