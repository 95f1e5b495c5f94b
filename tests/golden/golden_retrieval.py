# SPDX-License-Identifier: GPL-3.0-or-later
"""Eqs. 3 to 6 by looking at everything: neighbours of each video and the best of the captions that these hold."""
import json

import torch
import torch.nn.functional as F

from golden_files import write_tensors

VIDEOS, WIDTH, KEPT, NEIGHBOURS = 60, 16, 3, 7


def write(folder, generator):
    """Captions are compared as texts: one that two videos hold counts once; equal scores go by the text's bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    video = F.normalize(torch.randn(VIDEOS, WIDTH, generator=generator), dim=-1)
    texts = [f"caption {i:03d}" for i in range(VIDEOS * 5 // 2)]
    features = F.normalize(torch.randn(len(texts), WIDTH, generator=generator), dim=-1)
    held = []
    for _ in range(VIDEOS):
        count = int(torch.randint(1, KEPT + 2, (1,), generator=generator))
        held.append([texts[i] for i in torch.randperm(len(texts), generator=generator)[:count].tolist()])
    alike = video.double() @ video.double().T
    scores = video.double() @ features.double().T
    neighbours = [sorted(range(VIDEOS), key=lambda j: (-alike[i, j].item(), j))[:NEIGHBOURS] for i in range(VIDEOS)]
    updated = []
    for i in range(VIDEOS):
        candidates = set(held[i]).union(*(held[j] for j in neighbours[i]))
        scored = [(text, scores[i, texts.index(text)].item()) for text in candidates]
        updated.append(sorted(scored, key=lambda entry: (-entry[1], entry[0].encode()))[:KEPT])
    distance = (video @ features.T - scores).abs().max().item()
    write_tensors(folder / "features.safetensors", {"video": video, "text": features})
    (folder / "expected.json").write_text(json.dumps({
        "k": KEPT, "h": NEIGHBOURS, "captions": texts, "lists": held, "neighbours": neighbours, "updated": updated,
        "distances": {"scores": distance}}) + "\n")
