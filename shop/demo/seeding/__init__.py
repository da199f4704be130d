"""Seed the demo shop through the same actions that people use."""

from shop.demo.seeding.demo_shop import seed_demo_shop
from shop.demo.seeding.orders import seed_orders

__all__ = ["seed_demo_shop", "seed_orders"]
