# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawn clips as video files, and their frames as FFmpeg's libraries (through PyAV) decode them."""
import av
import numpy as np

COLOURS = {"red": (220, 40, 40), "green": (40, 190, 70), "blue": (50, 80, 220), "white": (240, 240, 240)}
SHAPES = ("circle", "square", "cross")
WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def frame(width, height, colour, shape, way, moment, rng, grain=4):
    """One picture of a shape on its way over a soft background; `moment` goes from 0 to 1."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    picture = np.stack([70 + 30 * np.sin(x / 19 + c) + 25 * np.cos(y / (13 + 2 * c)) for c in range(3)], -1)
    size = 0.22 * min(width, height)
    dx, dy = WAYS[way]
    u = x - width * (0.5 + 0.25 * dx * (2 * moment - 1))
    v = y - height * (0.5 + 0.25 * dy * (2 * moment - 1))
    inside = {"circle": u * u + v * v < size * size, "square": np.maximum(abs(u), abs(v)) < size,
              "cross": (np.minimum(abs(u), abs(v)) < size / 3) & (np.maximum(abs(u), abs(v)) < size)}[shape]
    picture[inside] = COLOURS[colour]
    return np.clip(picture + rng.normal(0, grain, picture.shape), 0, 255).astype(np.uint8)


def encode(path, pictures, codec, pixel_format, options):
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=12, options=options)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixel_format
        stream.thread_count = 1
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))


def decode(path, quarter_turns=0):
    """All frames as RGB, upright when turned clockwise by so many quarters."""
    found = []
    try:
        with av.open(str(path)) as container:
            for decoded in container.decode(video=0):
                found.append(np.rot90(decoded.to_ndarray(format="rgb24"), -quarter_turns))
    except av.error.FFmpegError:
        pass  # a damaged file ends here
    return found


def samples(frames, count):
    """Frame floor((i + 0.5) * N / T) is sample i of T."""
    return [(2 * i + 1) * frames // (2 * count) for i in range(count)]


def turn(path, quarter_turns):
    """Writes into an MP4 or QuickTime file that it is to be shown turned clockwise, as telephones do."""
    matrices = {1: (0, 1, -1, 0), 2: (-1, 0, 0, -1), 3: (0, -1, 1, 0)}
    a, b, c, d = (value * 65536 for value in matrices[quarter_turns])
    matrix = b"".join(value.to_bytes(4, "big", signed=True) for value in (a, b, 0, c, d, 0, 0, 0, 1 << 30))
    data = bytearray(path.read_bytes())
    header = data.index(b"tkhd") + 4  # of version 0: the matrix is 40 bytes after its flags
    assert data[header] == 0
    data[header + 40:header + 76] = matrix
    path.write_bytes(bytes(data))
