"""Dry groceries and drinks in their packets."""

from collections.abc import Callable

from shop.demo.pictures.canvas import Canvas
from shop.demo.pictures.colour import Colour, from_hex
from shop.demo.pictures.containers import (
    bottle,
    carton,
    jar,
    pack,
    paper_bag,
    pouch,
    sack,
    tin,
    tub,
)
from shop.demo.pictures.registry import motif

Draw = Callable[[Canvas], None]


def _jar(content: str, emblem: str) -> Draw:
    return lambda c: jar(c, from_hex(content), emblem, c.accent())


def _bottle(content: str, emblem: str, *, tall: bool = True) -> Draw:
    return lambda c: bottle(c, from_hex(content), emblem, c.accent(), tall=tall)


def _pouch(emblem: str, window: str = "") -> Draw:
    return lambda c: pouch(c, c.accent(), emblem, window=from_hex(window) if window else None)


def _bag(paper: str, emblem: str, spill: str = "") -> Draw:
    def draw(c: Canvas) -> None:
        inside: Colour | None = from_hex(spill) if spill else None
        paper_bag(c, from_hex(paper), emblem, c.accent(), inside)

    return draw


PACKETS: dict[str, Draw] = {
    "honey_jar": _jar("#e29a28", "flower"),
    "jam_jar": _jar("#b3353f", "fruit"),
    "peanut_butter_jar": _jar("#b9814a", "bean"),
    "spice_jar": _jar("#c4622d", "chilli"),
    "oil_bottle": _bottle("#e6b73c", "sun"),
    "coconut_oil_bottle": _bottle("#efe9d8", "drop"),
    "juice_bottle": _bottle("#e88a34", "fruit"),
    "cordial_bottle": _bottle("#a53a52", "fruit"),
    "water_bottle": _bottle("#bcdbe6", "drop"),
    "sauce_bottle": _bottle("#c23a2c", "chilli", tall=False),
    "vinegar_bottle": _bottle("#d9c9a0", "leaf", tall=False),
    "soap_bottle": _bottle("#7fb46a", "drop", tall=False),
    "bleach_bottle": _bottle("#eef0ee", "star", tall=False),
    "rice_pouch": _pouch("grain", "#f4ead2"),
    "lentil_pouch": _pouch("bean", "#d98b3f"),
    "bean_pouch": _pouch("bean", "#7d3b35"),
    "green_gram_pouch": _pouch("bean", "#6f8a3f"),
    "nut_pouch": _pouch("bean", "#c28d55"),
    "spice_pouch": _pouch("chilli", "#b8482a"),
    "salt_pouch": _pouch("star"),
    "crisps_pouch": _pouch("sun"),
    "pasta_pouch": _pouch("grain", "#f0cf7a"),
    "milk_pouch": _pouch("drop"),
    "detergent_pouch": _pouch("flower"),
    "flour_bag": _bag("#f5ecd8", "grain"),
    "maize_flour_bag": _bag("#f7efdd", "sun"),
    "coffee_bag": _bag("#8a5c3c", "bean", "#5a3524"),
    "sugar_bag": _bag("#efe0c4", "sun"),
    "oats_bag": _bag("#e9d8b4", "grain", "#e2c48c"),
}


for _name, _draw in PACKETS.items():
    motif(_name)(_draw)


@motif("tea_tin")
def tea_tin(c: Canvas) -> None:
    """Paint a tin of tea leaves."""
    tin(c, c.accent(), "leaf")


@motif("cocoa_tin")
def cocoa_tin(c: Canvas) -> None:
    """Paint a tin of cocoa."""
    tin(c, from_hex("#7c4a3a"), "bean")


@motif("beans_tin")
def beans_tin(c: Canvas) -> None:
    """Paint a tin of food."""
    tin(c, c.accent(), "bean")


@motif("fish_tin")
def fish_tin(c: Canvas) -> None:
    """Paint a squat tin."""
    tin(c, c.accent(), "drop", squat=True)


@motif("baby_tin")
def baby_tin(c: Canvas) -> None:
    """Paint a tin of baby cereal."""
    tin(c, c.accent(), "heart")


@motif("milk_carton")
def milk_carton(c: Canvas) -> None:
    """Paint a carton of milk."""
    carton(c, c.accent(), "drop")


@motif("juice_carton")
def juice_carton(c: Canvas) -> None:
    """Paint a carton of juice."""
    carton(c, c.accent(), "fruit")


@motif("yoghurt_tub")
def yoghurt_tub(c: Canvas) -> None:
    """Paint a tub of yoghurt."""
    tub(c, from_hex("#f7f1e6"), "fruit", c.accent())


@motif("margarine_tub")
def margarine_tub(c: Canvas) -> None:
    """Paint a tub of margarine or ghee."""
    tub(c, from_hex("#f3d98a"), "flower", c.accent())


@motif("tea_box")
def tea_box(c: Canvas) -> None:
    """Paint a box of tea bags."""
    pack(c, c.accent(), "leaf")


@motif("cereal_box")
def cereal_box(c: Canvas) -> None:
    """Paint an upright box of breakfast cereal."""
    pack(c, c.accent(), "grain", wide=False)


@motif("biscuit_box")
def biscuit_box(c: Canvas) -> None:
    """Paint a box of biscuits."""
    pack(c, c.accent(), "star")


@motif("rice_sack")
def rice_sack(c: Canvas) -> None:
    """Paint a sack of rice."""
    sack(c, from_hex("#e9d9b6"), "grain", c.accent())


@motif("charcoal_sack")
def charcoal_sack(c: Canvas) -> None:
    """Paint a sack of briquettes."""
    sack(c, from_hex("#c9a873"), "sun", from_hex("#4a3b38"))


@motif("feed_bag")
def feed_bag(c: Canvas) -> None:
    """Paint a bag of chicken feed."""
    sack(c, from_hex("#efe6cf"), "hen", c.accent())


@motif("fertiliser_bag")
def fertiliser_bag(c: Canvas) -> None:
    """Paint a bag of fertiliser or compost."""
    sack(c, from_hex("#d7ddc2"), "leaf", c.accent())
