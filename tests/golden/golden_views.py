# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures resized by Pillow: what core/image/view.cpp has to equal in every byte.

views/NAME.png are the sources, views/views.rgb holds the pixels of all results one after another and views/views.json says
which result is what: the source, the part of it that was cut out first (or the side of the centre view), and the new size.
"""
import json

import numpy as np
from PIL import Image


def noise(rng, width, height):
    return rng.integers(0, 256, (height, width, 3))


def stripes(rng, width, height):
    """Black and white edges: the kernel overshoots at each, so results must be cut to 0..255."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([((x + y * c) // 3 % 2) * 255 for c in range(3)], -1)


def scene(rng, width, height):
    """Soft light, one hard shape, a little grain: as a frame of a video has them."""
    y, x = np.mgrid[0:height, 0:width]
    light = np.stack([127 + 100 * np.sin(x / (17 + 6 * c) + y / (29 - 4 * c) + c) for c in range(3)], -1)
    inside = (x - 0.6 * width) ** 2 + (y - 0.4 * height) ** 2 < (0.2 * min(width, height)) ** 2
    light[inside] = (230, 40, 90)
    return np.clip(light + rng.integers(-3, 4, light.shape), 0, 255)


SOURCES = {
    "scene_wide": (scene, 320, 240), "scene_tall": (scene, 135, 241), "noise_wide": (noise, 61, 40),
    "noise_tall": (noise, 40, 61), "stripes_wide": (stripes, 90, 51), "stripes_tall": (stripes, 33, 128),
    "dot": (noise, 1, 1), "line": (noise, 3, 200),
}
SIZES = [(24, 24), (36, 24), (61, 40), (50, 67), (13, 70), (70, 13), (1, 1), (7, 5)]
VIEWS = [("scene_wide", 224), ("scene_tall", 112), ("noise_wide", 24), ("noise_tall", 24), ("noise_wide", 63),
         ("stripes_wide", 32), ("stripes_tall", 48), ("line", 16), ("dot", 9)]


def centre_view(picture, side):
    """Short side to `side`, the other in proportion and rounded down, then the middle."""
    width, height = picture.size
    short, long = min(width, height), max(width, height)
    longer = int(side * long / short)
    resized = picture.resize((side, longer) if width <= height else (longer, side), Image.BICUBIC)
    left, top = (resized.width - side) // 2, (resized.height - side) // 2
    return resized.crop((left, top, left + side, top + side))


def write(folder, seed):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    pictures, cases, pixels = {}, [], bytearray()
    for name, (draw, width, height) in SOURCES.items():
        pictures[name] = Image.fromarray(draw(rng, width, height).astype(np.uint8))
        pictures[name].save(folder / f"{name}.png", optimize=True)

    def add(result, **case):
        cases.append(dict(case, width=result.width, height=result.height, offset=len(pixels)))
        pixels.extend(result.tobytes())

    for name, picture in pictures.items():
        for size in SIZES:
            add(picture.resize(size, Image.BICUBIC), source=name)
            # a crop, as in training views: cut out first, so that nothing outside affects it
            width, height = (int(rng.integers(1, side + 1)) for side in picture.size)
            x, y = int(rng.integers(0, picture.width - width + 1)), int(rng.integers(0, picture.height - height + 1))
            part = picture.crop((x, y, x + width, y + height))
            add(part.resize(size, Image.BICUBIC), source=name, crop=[x, y, width, height])
    for name, side in VIEWS:
        add(centre_view(pictures[name], side), source=name, view=side)
    (folder / "views.rgb").write_bytes(bytes(pixels))
    rows = ",\n ".join(json.dumps(case) for case in cases)
    (folder / "views.json").write_text(f"[{rows}]\n")
