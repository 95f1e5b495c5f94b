# SPDX-License-Identifier: GPL-3.0-or-later
"""Small video files of several kinds and what their frames look like: the mean colours of 8 x 8 cells of 8 sampled frames.
Colour conversion differs a little by version of FFmpeg, so that frames cannot be compared byte by byte."""
import json

import numpy as np

from golden_clips import decode, encode, frame, samples, turn

WIDTH, HEIGHT, SAMPLES, CELLS = 98, 66, 8, 8
X264 = {"crf": "26", "g": "12", "bf": "3", "preset": "medium"}
TURNED = {"turned_90.mov": 1, "turned_180.mp4": 2, "turned_270.mp4": 3}


def clip(rng, frames, colour, shape, way):
    return [frame(WIDTH, HEIGHT, colour, shape, way, i / (frames - 1), rng, grain=2) for i in range(frames)]


def cells(picture):
    return [[[round(float(value), 2) for value in cell.reshape(-1, 3).mean(0)] for cell in np.array_split(row, CELLS, 1)]
            for row in np.array_split(picture.astype(np.float64), CELLS, 0)]


def write_videos(videos, rng):
    encode(videos / "h264.mp4", clip(rng, 40, "red", "circle", "left"), "libx264", "yuv420p", X264)
    encode(videos / "lossless.mkv", clip(rng, 9, "blue", "square", "up"), "libx264rgb", "rgb24", {"crf": "18", "bf": "2"})
    encode(videos / "mpeg4.avi", clip(rng, 31, "green", "cross", "down"), "mpeg4", "yuv420p", {"bf": "2", "g": "15"})
    encode(videos / "vp9.webm", clip(rng, 26, "white", "circle", "right"), "libvpx-vp9", "yuv420p", {"crf": "34", "b": "0"})
    for name, quarters in TURNED.items():
        encode(videos / name, clip(rng, 11 + quarters, "white", "cross", "up"), "libx264", "yuv420p", X264)
        turn(videos / name, quarters)
    # interrupted while being copied: Matroska can be read up to where it ends
    encode(videos / "cut.mkv", clip(rng, 40, "blue", "circle", "left"), "libx264", "yuv420p", X264)
    whole = (videos / "cut.mkv").read_bytes()
    (videos / "cut.mkv").write_bytes(whole[:len(whole) * 2 // 3])
    (videos / "no_video.mp4").write_text("This is not a video, whatever its name says.\n")


def write(folder, videos, seed):
    rng = np.random.default_rng(seed)
    write_videos(videos, rng)
    found = {}
    for path in sorted(videos.iterdir()):
        frames = decode(path, TURNED.get(path.name, 0))
        found[path.name] = {"frames": len(frames)}
        if frames:
            index = samples(len(frames), SAMPLES)
            found[path.name].update(width=frames[0].shape[1], height=frames[0].shape[0], sampled=index,
                                    cells=[cells(frames[i]) for i in index])
    rows = ",\n ".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items())
    (folder / "frames.json").write_text("{" + rows + "}\n")
