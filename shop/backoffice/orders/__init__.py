"""Working on orders: taking one by phone, changing one, many at once, lists worth keeping."""
