# SPDX-License-Identifier: GPL-3.0-or-later
"""The paper's video encoder (Eq. 1), masked loss (Eq. 2) and one step of PyTorch's AdamW on the small captioner."""
import copy

import torch

from golden_files import PAD, PROMPT, SEP, in_double, relative, write_io, write_json
from golden_models import IMAGE, decode, next_word_loss

ADAMW = {"lr": 1e-3, "betas": [0.9, 0.98], "weight_decay": 0.001, "eps": 1e-8}
SMOOTHING = 0.2


class VideoEncoder(torch.nn.Module):
    """BLIP's image encoder over T frames. After each layer the patch tokens get what a depth-wise 3 x 3 x 3 convolution over
    time, height and width makes of them added; the class token gets nothing. At the end all tokens are averaged over T."""

    def __init__(self, vision, generator):
        super().__init__()
        self.vision = vision
        hidden = vision.config.hidden_size
        self.adapters = torch.nn.ModuleList(
            torch.nn.Conv3d(hidden, hidden, 3, padding=1, groups=hidden) for _ in vision.encoder.layers)
        with torch.no_grad():
            for adapter in self.adapters:
                adapter.weight.copy_(0.05 * torch.randn(adapter.weight.shape, generator=generator))
                adapter.bias.copy_(0.02 * torch.randn(adapter.bias.shape, generator=generator))

    def forward(self, clips):  # (B, T, 3, H, W)
        count, frames = clips.shape[:2]
        tokens = self.vision.embeddings(clips.flatten(0, 1))
        side = round((tokens.shape[1] - 1) ** 0.5)
        for layer, adapter in zip(self.vision.encoder.layers, self.adapters):
            tokens = layer(tokens, attention_mask=None)
            tokens = tokens[0] if isinstance(tokens, tuple) else tokens
            grid = tokens[:, 1:].unflatten(1, (side, side)).unflatten(0, (count, frames))  # (B, T, h, w, d)
            grid = grid + adapter(grid.movedim(-1, 1)).movedim(1, -1)
            tokens = torch.cat([tokens[:, :1], grid.flatten(2, 3).flatten(0, 1)], 1)
        return self.vision.post_layernorm(tokens).unflatten(0, (count, frames)).mean(1)


def weights_of(model, encoder):
    """By the names of the captioner's files; the adapters by their own."""
    weights = {"vision_model." + name[7:] if name.startswith("vision.") else name: weight
               for name, weight in encoder.named_parameters()}
    weights.update(("text_decoder." + name, weight) for name, weight in model.text_decoder.named_parameters())
    return weights


def train_once(model, encoder, clips, ids):
    """Tensors and figures before and after one step. `encoder` holds the vision model of `model`."""
    clips = clips.to(model.dtype)
    features = encoder(clips)
    logits = decode(model, ids, features)
    loss = next_word_loss(logits, ids, len(PROMPT), SMOOTHING)
    figures = {"loss": loss.item(), "loss_without_smoothing": next_word_loss(logits, ids, len(PROMPT), 0).item()}
    weights = weights_of(model, encoder)
    optimiser = torch.optim.AdamW(list(weights.values()), **ADAMW)
    loss.backward()
    norms = {name: weight.grad.norm().item() for name, weight in weights.items() if weight.grad is not None}
    optimiser.step()
    with torch.no_grad():
        after = encoder(clips)
        figures["loss_after_one_step"] = next_word_loss(decode(model, ids, after), ids, len(PROMPT), SMOOTHING).item()
    return {"features": features, "logits": logits, "features_after_one_step": after}, figures, norms


def write(folder, model, generator, frames):
    folder.mkdir(parents=True, exist_ok=True)
    encoder = VideoEncoder(model.vision_model, generator)
    adapters = {name: tensor.clone() for name, tensor in encoder.state_dict().items() if name.startswith("adapters.")}
    clips = torch.randn(3, frames, 3, IMAGE, IMAGE, generator=generator)
    ids = torch.randint(3, 100, (3, 11), generator=generator)
    ids[:, :len(PROMPT)] = torch.tensor(PROMPT)
    ids[0, -1] = SEP
    ids[1, -2:] = torch.tensor([SEP, PAD])
    ids[2, -3:] = torch.tensor([SEP, PAD, PAD])
    results = []
    for change in (in_double, copy.deepcopy):
        # one copy of both, so that the encoder's vision model is that of the copied captioner
        together = change(torch.nn.ModuleList([model, encoder]))
        results.append(train_once(together[0], together[1], clips, ids))
    (exact, figures, norms), (single, figures32, norms32) = results
    write_io(folder, {"clips": clips, "input_ids": ids, "attention_mask": (ids != PAD).long(), **adapters}, exact, single,
             {"logits": ids != PAD})
    write_json(folder / "expected.json", {
        "prompt_length": len(PROMPT), "label_smoothing": SMOOTHING, "adamw": ADAMW, **figures, "gradient_norms": norms,
        "distances": {**{name: relative(figures32[name], figures[name]) for name in figures},
                      # where a gradient is 0, both contain only rounding errors
                      "gradient_norms": {name: relative(norms32[name], norms[name]) for name in norms if norms[name] > 1e-5}}})
