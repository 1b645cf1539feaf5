"""The skeleton parts that are computed, and the order in which muscles and bones are drawn.

All in (u, v), the right half; the left is its mirror image. The other shapes are in
`data/structure_shapes.yaml`, names and sources in `data/structures.yaml`.
"""

from massage_workbook.course.model import Point
from massage_workbook.course.schema import StructureShape

Line = tuple[Point, ...]

HEAD = (
    (0.0, -0.618), (0.060, -0.609), (0.114, -0.576), (0.147, -0.515), (0.157, -0.435),
    (0.151, -0.350), (0.132, -0.285), (0.108, -0.236), (0.070, -0.216), (0.030, -0.222),
    (0.0, -0.214),
)  # fmt: skip
"""The outline of the head with its hair, from the midline to the midline."""

# --- bones -----------------------------------------------------------------------------------

SPINES = {
    "C1": -0.235, "C2": -0.2, "C3": -0.165, "C4": -0.13, "C5": -0.09, "C6": -0.045, "C7": 0.0,
    "T1": 0.048, "T2": 0.097, "T3": 0.145, "T4": 0.193, "T5": 0.242, "T6": 0.29, "T7": 0.338,
    "T8": 0.387, "T9": 0.435, "T10": 0.483, "T11": 0.532, "T12": 0.58,
    "L1": 0.645, "L2": 0.706, "L3": 0.768, "L4": 0.829, "L5": 0.89,
}  # fmt: skip
"""v of the tips of the spinous processes, the bumps in the furrow of the back."""
_ABOVE_TIP = 0.024
"""Height of the transverse processes above the tip of the spinous process of a vertebra, in v."""
TRANSVERSE = {"C": 0.05, "T": 0.066, "L": 0.084}
"""u of the tips of the transverse processes, by the part of the spine."""

RIB_MARGINS: tuple[Point, ...] = (
    (0.112, 0.058), (0.168, 0.118), (0.212, 0.183), (0.244, 0.25), (0.266, 0.317), (0.280, 0.384),
    (0.287, 0.450), (0.288, 0.516), (0.284, 0.578), (0.272, 0.636), (0.252, 0.688), (0.190, 0.668),
)  # fmt: skip
"""Points at the side of the chest: ribs 1 to 10 turn forward there, ribs 11 and 12 end."""
FLOATING = 11
"""The first of the ribs that end freely."""


def rib(number: int) -> Line:
    """The middle line of a rib, from its vertebra outward and down to the side of the chest.

    Ribs 1 to 10 continue a little round the side; 11 and 12 end there.
    """
    top = SPINES[f"T{number}"] - _ABOVE_TIP
    u, v = RIB_MARGINS[number - 1]
    drop = v - top
    start = ((0.026, top - 0.006), (TRANSVERSE["T"], top))
    if number >= FLOATING:
        return *start, ((u + 0.075) / 2, top + 0.4 * drop), (u, v)
    reach = u - TRANSVERSE["T"]
    way = ((0.4, 0.16), (0.76, 0.50), (0.95, 0.80), (1, 1))
    turns = ((TRANSVERSE["T"] + reach * across, top + drop * down) for across, down in way)
    return *start, *turns, (u - 0.002, v + 0.02)


def _arch(level: str) -> Line:
    """The right half of a vertebra's arch, with its transverse process."""
    part, v = level[0], SPINES[level] - _ABOVE_TIP
    tip = TRANSVERSE[part]
    rise, thick, low, waist = {
        "C": (0.0, 0.007, 0.015, 0.024), "T": (0.008, 0.008, 0.016, 0.024),
        "L": (0.006, 0.009, 0.030, 0.029),
    }[part]  # fmt: skip
    return (
        (0.0, v - 0.014), (waist, v - 0.012), (tip - 0.008, v - rise - thick), (tip, v - rise),
        (tip - 0.008, v - rise + thick), (waist + 0.006, v + thick), (waist, v + low),
        (0.0, v + low),
    )  # fmt: skip


def _spinous(level: str) -> Line:
    """The right half of a spinous process: long in the chest, broad below it."""
    v = SPINES[level]
    wide, tall = {"C": (0.007, 0.02), "T": (0.008, 0.032), "L": (0.012, 0.036)}[level[0]]
    low = 0.009 if level[0] == "L" else 0.006
    return (0.0, v - tall), (wide * 0.6, v - tall * 0.8), (wide, v), (0.0, v + low)


_SPINAL_CANAL = (
    (0.0, -0.25), (0.018, -0.25), (0.018, -0.25), (0.030, 0.90), (0.030, 0.90), (0.0, 0.905),
)  # fmt: skip
COMPUTED = {
    "bone-ribs": (
        StructureShape(bars=tuple(rib(number) for number in range(1, FLOATING)), width=0.02),
    ),
    "bone-floating-ribs": (
        StructureShape(bars=tuple(rib(number) for number in range(FLOATING, 13)), width=0.017),
    ),
    "bone-spine": tuple(
        StructureShape(outlines=outlines, whole=True)
        for outlines in ((_SPINAL_CANAL,), tuple(map(_arch, SPINES)), tuple(map(_spinous, SPINES)))
    ),
}
"""The shapes of bones that follow from the vertebrae, by the id of their structure."""

# --- order -----------------------------------------------------------------------------------

BONES = (
    "bone-collarbone", "bone-skull", "bone-ribs", "bone-floating-ribs", "bone-spine", "bone-hip",
    "bone-sacrum", "bone-arm", "bone-shoulder-blade", "bone-thigh",
)  # fmt: skip
"""All bones, the deepest first."""
DEEP = (
    "muscle-quadratus-lumborum", "muscle-splenius", "muscle-erector-spinae",
    "muscle-supraspinatus", "muscle-infraspinatus", "muscle-teres", "muscle-levator-scapulae",
    "muscle-rhomboids",
)  # fmt: skip
"""Muscles on the right of an atlas, the deepest first."""
SUPERFICIAL = (
    "muscle-rhomboids", "muscle-infraspinatus", "muscle-teres", "muscle-external-oblique",
    "muscle-gluteus-medius", "fascia-lumbar", "muscle-gluteus-maximus", "muscle-latissimus",
    "muscle-deltoid", "muscle-trapezius",
)  # fmt: skip
"""Muscles and fascia on its left, the deepest first."""
THROUGH = ("muscle-rhomboids",)
"""Those on the left whose outline is also drawn over the others, dashed."""
