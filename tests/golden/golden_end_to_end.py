# SPDX-License-Identifier: GPL-3.0-or-later
"""A clip's way to its caption: FFmpeg decodes it, Pillow keeps its frames as JPEG and makes the views, transformers' BLIP (with
the paper's temporal adapters) encodes them and searches. The captioner has learned to describe such clips a little."""
import io
import json

import numpy as np
import torch
from PIL import Image
from transformers import BertTokenizer, BlipForConditionalGeneration

import golden_clips
from golden_files import PAD, SEP, WORDS, distance, in_double, write_json, write_tensors
from golden_models import IMAGE, blip_sizes, captions, decode, next_word_loss, score
from golden_video import VideoEncoder
from golden_views import centre_view

FRAMES, QUALITY, WIDTH, HEIGHT = 5, 95, 97, 71
SETTINGS = dict(num_beams=3, max_length=20, min_length=5)
PROMPT = "a video of "
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
GOLDEN_CLIPS = {"circle.mp4": ("red", "circle", "left"), "cross.mp4": ("blue", "cross", "down")}


def vocabulary():
    """As BERT's: special tokens at their places, words, pieces of words, and what is unused."""
    words = ["a", "video", "of", *golden_clips.COLOURS, *golden_clips.SHAPES, *golden_clips.WAYS, "that", "mov", "##es", ",", "the"]
    tokens = ["[PAD]", *words]
    tokens += [f"[unused{i}]" for i in range(len(tokens), WORDS)]
    for place, token in ((100, "[UNK]"), (101, "[CLS]"), (SEP, "[SEP]"), (103, "[MASK]")):
        tokens[place] = token
    return tokens


def sentence(colour, shape, way):
    return f"{PROMPT}a {colour} {shape} that moves {way}"


def normalised(pictures):
    """(T, 3, H, W) in float64."""
    levels = torch.tensor(np.stack([np.asarray(picture) for picture in pictures]), dtype=torch.float64) / 255
    return ((levels - torch.tensor(MEAN, dtype=torch.float64)) / torch.tensor(DEVIATION, dtype=torch.float64)).permute(0, 3, 1, 2)


def kept(picture, short_side):
    """As the frame cache keeps it: the short side limited, then JPEG without subsampled colours."""
    short, long = min(picture.size), max(picture.size)
    if short > short_side:
        longer = (2 * long * short_side + short) // (2 * short)
        picture = picture.resize((longer, short_side) if picture.width > picture.height else (short_side, longer), Image.BICUBIC)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return Image.open(file).convert("RGB")


def train(model, encoder, ids_of, rng, steps=400):
    clips, texts = [], []
    for colour in golden_clips.COLOURS:
        for shape in golden_clips.SHAPES:
            for way in golden_clips.WAYS:
                pictures = [golden_clips.frame(WIDTH, HEIGHT, colour, shape, way, (i + 0.5) / FRAMES, rng) for i in range(FRAMES)]
                pictures = [centre_view(Image.fromarray(picture), IMAGE) for picture in pictures]
                clips.append(normalised(pictures).float())
                texts.append(ids_of(sentence(colour, shape, way)) + [SEP])
    clips, texts = torch.stack(clips), torch.tensor(texts)
    prompt_length = len(ids_of(PROMPT))
    optimiser = torch.optim.AdamW([*encoder.parameters(), *model.text_decoder.parameters()], lr=3e-3)
    for _ in range(steps):
        some = torch.tensor(rng.permutation(len(clips))[:16])
        optimiser.zero_grad()
        loss = next_word_loss(decode(model, texts[some], encoder(clips[some])), texts[some], prompt_length, 0.1)
        loss.backward()
        optimiser.step()


def write_captioner(folder, model, encoder, tokens):
    config = {**model.config.to_dict(), "temporal_adapter": True}
    write_json(folder / "config.json", json.loads(json.dumps(config, default=str)))
    state = {name: tensor for name, tensor in model.state_dict().items() if not name.endswith("position_ids")}
    state.update(("temporal_adapter." + name[len("adapters."):], tensor) for name, tensor in encoder.state_dict().items()
                 if name.startswith("adapters."))
    write_tensors(folder / "model.safetensors", state)
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n")


def write(folder, seed):
    rng = np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    tokens = vocabulary()
    captioner = folder / "captioner"
    captioner.mkdir()
    model = BlipForConditionalGeneration(blip_sizes(text=dict(is_decoder=True))).eval()
    encoder = VideoEncoder(model.vision_model, generator)
    (captioner / "vocab.txt").write_text("\n".join(tokens) + "\n")
    tokenizer = BertTokenizer(vocab=str(captioner / "vocab.txt"), do_lower_case=True)

    def ids_of(text):
        return [WORDS] + tokenizer(text, add_special_tokens=False)["input_ids"]

    train(model, encoder, ids_of, rng)
    write_captioner(captioner, model, encoder, tokens)
    both = torch.nn.ModuleList([model, encoder])
    exact_model, exact_encoder = in_double(both)
    expected = {"frames": FRAMES, "prompt": PROMPT, "settings": SETTINGS, "clips": []}
    for name, what in GOLDEN_CLIPS.items():
        pictures = [golden_clips.frame(WIDTH, HEIGHT, *what, i / 29, rng) for i in range(30)]
        # H.264 of RGB: no colour conversion, whose last bit differs by FFmpeg version and processor
        golden_clips.encode(folder / name, pictures, "libx264rgb", "rgb24", {"crf": "24", "g": "15", "bf": "3"})
        frames = golden_clips.decode(folder / name)
        sampled = [Image.fromarray(frames[i]) for i in golden_clips.samples(len(frames), FRAMES)]
        for short_side in (256, 40):
            views = normalised([centre_view(kept(picture, short_side), IMAGE) for picture in sampled])[None]
            with torch.no_grad():
                visual, visual32 = exact_encoder(views), encoder(views.float())
            prompt = ids_of(PROMPT)
            rows, _ = captions(exact_model, visual, prompt, SETTINGS)
            rows32, scores32 = captions(model, visual32, prompt, SETTINGS)
            assert rows == rows32, "float32 finds another caption than float64: take another seed"
            exact = score(exact_model, visual[0], rows[0], len(prompt), SETTINGS)
            text = tokenizer.decode([token for token in rows[0] if token not in (WORDS, SEP, PAD)])
            assert text.startswith(PROMPT)
            expected["clips"].append({
                "file": name, "short_side": short_side, "caption": text[len(PROMPT):], "score": exact,
                "distance": distance(scores32, torch.tensor([exact], dtype=torch.float64))})
    write_json(folder / "expected.json", expected)
