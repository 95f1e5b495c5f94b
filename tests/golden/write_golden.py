#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the golden data of the tests: what public reference programs compute from small random models, drawn pictures and
drawn clips. README.md beside this file says with which versions.

    python3 write_golden.py [--out FOLDER] [--seed N] [--frames T] [--only PART...]

Without --out the parts beside this file are written anew. FOLDER is laid out for the tests' REST_REFERENCE=FOLDER: videos and vocab in
it, everything else in FOLDER/golden.
"""
import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def beside(out):
    """Where videos and vocab go."""
    return out if out == HERE else out.parent


def models(out, seed, frames):
    import torch

    import golden_models
    import golden_retrieval
    import golden_video
    from golden_files import emptied
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = golden_models.captioner(emptied(out / "blip-tiny"), generator)
    golden_video.write(emptied(out / "video"), model, generator, frames)
    golden_models.clip(emptied(out / "clip-tiny"), generator)
    golden_models.retrieval(emptied(out / "blip-itm-tiny"), generator)
    golden_retrieval.write(emptied(out / "retrieval"), generator)


def views(out, seed, frames):
    import golden_views
    from golden_files import emptied
    golden_views.write(emptied(out / "views"), seed)


def media(out, seed, frames):
    import golden_media
    from golden_files import emptied
    golden_media.write(emptied(out / "media"), emptied(beside(out) / "videos"), seed)


def end_to_end(out, seed, frames):
    import torch

    import golden_end_to_end
    from golden_files import emptied
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    golden_end_to_end.write(emptied(out / "end_to_end"), seed)


def text(out, seed, frames):
    import golden_text
    from golden_files import emptied
    golden_text.write(emptied(out / "text"), emptied(beside(out) / "vocab"), HERE.parent.parent / "resources" / "lists")


PARTS = {"text": text, "models": models, "views": views, "media": media, "end_to_end": end_to_end}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=20221)
    parser.add_argument("--frames", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), default=sorted(PARTS))
    arguments = parser.parse_args()
    sys.path.insert(0, str(HERE))
    out = arguments.out.resolve() / "golden" if arguments.out else HERE
    for part in arguments.only:
        PARTS[part](out, arguments.seed, arguments.frames)


if __name__ == "__main__":
    main()
