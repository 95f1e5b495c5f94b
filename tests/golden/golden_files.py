# SPDX-License-Identifier: GPL-3.0-or-later
"""What all parts share: random weights, the distance between two precisions, files as the tests read them."""
import copy
import json
import math
import shutil

import torch
from safetensors.torch import save_file

# Tokens of the small captioners. BLIP's vocabulary is BERT's followed by [DEC] and [ENC]; [SEP] ends a caption.
WORDS = 148
PAD, SEP, BOS = 0, 102, WORDS
PROMPT = [BOS, 17, 33, 51]


def randomise(model, generator, gain=1.1):
    """Weights large enough that attention, logits and beams differ from token to token."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if "norm" in name or "layrnorm" in name:
                weight.copy_(0.1 * noise + (1 if name.endswith("weight") else 0))
            elif weight.dim() > 1:
                weight.copy_(noise * gain / math.sqrt(weight[0].numel()))
            else:
                weight.copy_(0.1 * noise)


def in_double(model):
    """The same weights, which computes in float64: what float32 computes is compared with it."""
    return copy.deepcopy(model).double()


def distance(got, wanted):
    """The largest difference, each the smaller of absolute and relative: as tests/support/tensors.h measures it."""
    difference = (got.double() - wanted.double()).abs()
    return torch.minimum(difference, difference / wanted.double().abs().clamp_min(1e-12)).max().item()


def relative(got, wanted):
    return abs(got - wanted) / max(abs(wanted), 1e-300)


def write_tensors(path, tensors):
    save_file({name: tensor.detach().clone().contiguous() for name, tensor in tensors.items()}, path)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n")


def write_io(folder, inputs, exact, single, real=None):
    """io.safetensors: `inputs` in float32 and `exact`, computed in float64. distances.json: how far `single`, the same computed
    in float32, is from it. `real`: by name, which elements count."""
    distances = {}
    for name, wanted in exact.items():
        mask = (real or {}).get(name, slice(None))
        distances[name] = distance(single[name][mask], wanted[mask])
    write_tensors(folder / "io.safetensors", {**inputs, **exact})
    write_json(folder / "distances.json", distances)


def write_model(model, folder, original=False):
    """A Hugging Face folder with both kinds of weight file; tied tensors are written under each of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.to_json_file(folder / "config.json")
    state = model.state_dict()
    write_tensors(folder / "model.safetensors", {k: v for k, v in state.items() if not k.endswith("position_ids")})
    torch.save(state, folder / "pytorch_model.bin")
    if original:
        torch.save({"model": authors_names(state)}, folder / "original.pth")


def authors_names(state):
    """As BLIP's authors call the tensors of the image encoder."""
    names = [("vision_model.encoder.layers.", "visual_encoder.blocks."), ("vision_model.post_layernorm.", "visual_encoder.norm."),
             ("vision_model.embeddings.patch_embedding.", "visual_encoder.patch_embed.proj."),
             ("vision_model.embeddings.position_embedding", "visual_encoder.pos_embed"),
             ("vision_model.embeddings.class_embedding", "visual_encoder.cls_token"), (".self_attn.projection.", ".attn.proj."),
             (".self_attn.", ".attn."), (".layer_norm1.", ".norm1."), (".layer_norm2.", ".norm2.")]
    renamed = {}
    for name, tensor in state.items():
        for theirs, authors in names:
            name = name.replace(theirs, authors)
        renamed[name] = tensor
    return renamed


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
