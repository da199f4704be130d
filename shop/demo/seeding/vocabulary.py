"""Words of generated product names."""

# A mixed vocabulary: some words are rare and some stand in every tenth name, as in real shops.
QUALITIES = (
    "Blue", "Bright", "Classic", "Compact", "Copper", "Daily", "Deep", "Double", "Dry", "Early",
    "Family", "Fine", "Folding", "Fresh", "Garden", "Golden", "Green", "Heavy", "Home", "Large",
    "Light", "Long", "Market", "Mild", "Mini", "Natural", "Plain", "Pocket", "Quick", "Quiet",
    "Red", "Round", "Savanna", "Short", "Silver", "Simple", "Slim", "Small", "Smooth", "Soft",
    "Solar", "Solid", "Spare", "Steady", "Strong", "Summer", "Tall", "Thick", "Warm", "White",
)  # fmt: skip
THINGS = (
    "Apron", "Bag", "Basin", "Basket", "Battery", "Bean", "Belt", "Blanket", "Boot", "Bottle",
    "Bowl", "Box", "Bracelet", "Brush", "Bucket", "Bulb", "Cable", "Can", "Candle", "Carpet",
    "Chair", "Charger", "Cloth", "Clock", "Coffee", "Comb", "Cup", "Curtain", "Drum", "Fan",
    "Filter", "Flask", "Flour", "Fork", "Frame", "Glove", "Grater", "Hammer", "Hat", "Honey",
    "Hose", "Jar", "Jug", "Kettle", "Knife", "Ladder", "Lamp", "Lantern", "Lid", "Lock",
    "Mat", "Mirror", "Mug", "Needle", "Net", "Notebook", "Oil", "Oven", "Pan", "Panel",
    "Pen", "Phone", "Pillow", "Plate", "Pot", "Purse", "Radio", "Rake", "Rice", "Rope",
    "Rug", "Sandal", "Saw", "Scarf", "Seed", "Sheet", "Shelf", "Shirt", "Soap", "Spade",
    "Spoon", "Stool", "Stove", "Table", "Tank", "Tea", "Tile", "Torch", "Towel", "Tray",
)  # fmt: skip
