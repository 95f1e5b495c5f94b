# SPDX-License-Identifier: GPL-3.0-or-later
"""The small random networks: BLIP as a captioner and for retrieval, CLIP, and what transformers computes with them."""
import torch
import torch.nn.functional as F
from transformers import BlipConfig, BlipForConditionalGeneration, BlipForImageTextRetrieval, CLIPConfig, CLIPModel

from golden_files import BOS, PAD, PROMPT, SEP, WORDS, in_double, distance, randomise, write_io, write_json, write_model

IMAGE, PATCH = 32, 8
BEAMS = [dict(num_beams=1, max_length=20, min_length=0), dict(num_beams=3, max_length=20, min_length=0),
         dict(num_beams=3, max_length=16, min_length=10), dict(num_beams=5, max_length=24, min_length=5),
         dict(num_beams=3, max_length=20, min_length=5, repetition_penalty=1.5),
         dict(num_beams=4, max_length=20, min_length=0, length_penalty=2.0)]


def blip_sizes(**more):
    text = dict(vocab_size=WORDS + 2, hidden_size=40, encoder_hidden_size=24, intermediate_size=80, num_hidden_layers=2,
                num_attention_heads=4, max_position_embeddings=48, bos_token_id=BOS, eos_token_id=2, sep_token_id=SEP,
                pad_token_id=PAD, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    vision = dict(hidden_size=24, intermediate_size=56, num_hidden_layers=2, num_attention_heads=3, image_size=IMAGE,
                  patch_size=PATCH)
    return BlipConfig(text_config={**text, **more.pop("text", {})}, vision_config=vision, **more)


def next_word_loss(logits, ids, prompt_length, smoothing):
    """Eq. 2: the prompt and the padding are not learned."""
    wanted = ids.masked_fill(ids == PAD, -100)
    wanted[:, :prompt_length] = -100
    return F.cross_entropy(logits[:, :-1].flatten(0, 1), wanted[:, 1:].flatten(), ignore_index=-100, label_smoothing=smoothing)


def decode(model, ids, visual):
    """Logits of captions `ids`, which look at `visual`."""
    return model.text_decoder(input_ids=ids, attention_mask=(ids != PAD).long(), encoder_hidden_states=visual).logits


def learn(model, pixels, ids, steps):
    """Half-learned captions: beams differ, end at different lengths and none is certain."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3)
    for _ in range(steps):
        optimiser.zero_grad()
        visual = model.vision_model(pixels).last_hidden_state
        next_word_loss(decode(model, ids, visual), ids, len(PROMPT), 0.1).backward()
        optimiser.step()


def captions(model, visual, prompt, settings):
    """Beam search of transformers: token ids up to the first [SEP] and the scores of the best."""
    start = torch.tensor([prompt] * len(visual))
    with torch.no_grad():
        found = model.text_decoder.generate(
            input_ids=start, attention_mask=torch.ones_like(start), encoder_hidden_states=visual,
            encoder_attention_mask=torch.ones(visual.shape[:-1], dtype=torch.long), eos_token_id=SEP, pad_token_id=PAD,
            do_sample=False, return_dict_in_generate=True, output_scores=True, **settings)
    rows = [row[:row.index(SEP) + 1] if SEP in row else row for row in found.sequences.tolist()]
    return rows, None if settings["num_beams"] == 1 else found.sequences_scores


def score(model, visual, row, prompt_length, settings):
    """What beam search ranks one caption by, in the model's own precision: transformers adds it up in float32 whatever that is."""
    penalty, total = settings.get("repetition_penalty", 1.0), 0
    ids = torch.tensor([row])
    with torch.no_grad():
        sure = decode(model, ids, visual[None])[0].log_softmax(-1)
    for place in range(prompt_length, len(row)):
        seen = row[place] in row[:place]
        total += sure[place - 1, row[place]].item() * (penalty if seen else 1)  # log probabilities are below 0
    return total / (len(row) - prompt_length) ** settings.get("length_penalty", 1.0)


def captioner(folder, generator):
    model = BlipForConditionalGeneration(blip_sizes(text=dict(is_decoder=True))).eval()
    randomise(model, generator)
    pixels = torch.randn(48, 3, IMAGE, IMAGE, generator=generator)
    ids = torch.full((len(pixels), 16), PAD)
    for row in ids:
        length = int(torch.randint(2, 11, (1,), generator=generator))
        row[:len(PROMPT)] = torch.tensor(PROMPT)
        row[len(PROMPT):len(PROMPT) + length] = torch.randint(3, 100, (length,), generator=generator)
        row[len(PROMPT) + length] = SEP
    learn(model, pixels, ids, 180)
    write_model(model, folder, original=True)
    captioner_io(folder, model, pixels[:4] + 0.3 * torch.randn(4, 3, IMAGE, IMAGE, generator=generator), generator)
    return model


def captioner_io(folder, model, pixels, generator):
    ids = torch.randint(3, 100, (4, 12), generator=generator)
    ids[:, 0], ids[:, -1] = BOS, SEP
    ids[2, 8:] = torch.tensor([SEP, PAD, PAD, PAD])
    exact_model = in_double(model)
    results = []
    for network in (exact_model, model):
        with torch.no_grad():
            visual = network.vision_model(pixels.to(network.dtype)).last_hidden_state
            results.append({"vision_last_hidden_state": visual, "logits": decode(network, ids, visual)})
    exact, single = results
    write_io(folder, {"pixel_values": pixels, "input_ids": ids, "attention_mask": (ids != PAD).long()}, exact, single,
             {"logits": ids != PAD})
    runs = []
    for settings in BEAMS:
        visual = exact["vision_last_hidden_state"]
        rows, _ = captions(exact_model, visual, PROMPT, settings)
        rows32, scores32 = captions(model, single["vision_last_hidden_state"], PROMPT, settings)
        assert rows == rows32, "float32 finds other beams than float64: take another seed"
        runs.append({"settings": settings, "prompt": [PROMPT] * len(rows), "sequences": rows})
        if scores32 is not None:
            scores = [score(exact_model, video, row, len(PROMPT), settings) for video, row in zip(visual, rows)]
            runs[-1].update(sequences_scores=scores, distance=distance(scores32, torch.tensor(scores, dtype=torch.float64)))
    write_json(folder / "generate.json", runs)


def clip(folder, generator):
    end = 199
    model = CLIPModel(CLIPConfig(
        text_config=dict(vocab_size=200, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
                         max_position_embeddings=77, projection_dim=20, bos_token_id=end - 1, eos_token_id=end, pad_token_id=end),
        vision_config=dict(hidden_size=40, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4, image_size=IMAGE,
                           patch_size=PATCH, projection_dim=20),
        projection_dim=20)).eval()
    randomise(model, generator)
    write_model(model, folder)
    pixels = torch.randn(5, 3, IMAGE, IMAGE, generator=generator)
    ids = torch.full((6, 77), end)
    for i, row in enumerate(ids):
        row[0] = end - 1
        row[1:3 + 3 * i] = torch.randint(1, end - 1, (2 + 3 * i,), generator=generator)
    results = []
    for network in (in_double(model), model):
        with torch.no_grad():
            images = network.visual_projection(network.vision_model(pixels.to(network.dtype)).pooler_output)
            texts = network.text_projection(network.text_model(input_ids=ids).pooler_output)
        results.append({"image_embeds": images, "text_embeds": texts, "image_embeds_unit": F.normalize(images, dim=-1),
                        "text_embeds_unit": F.normalize(texts, dim=-1)})
    write_io(folder, {"pixel_values": pixels, "input_ids": ids}, *results)


def retrieval(folder, generator):
    """BLIP in place of CLIP: projected first tokens of picture and text, unit length, scored by their dot product."""
    model = BlipForImageTextRetrieval(
        blip_sizes(text=dict(projection_dim=20), image_text_hidden_size=20, projection_dim=20)).eval()
    randomise(model, generator)
    write_model(model, folder)
    pixels = torch.randn(5, 3, IMAGE, IMAGE, generator=generator)
    ids = torch.full((6, 10), PAD)
    for i, row in enumerate(ids):
        row[0], row[3 + i] = 101, SEP
        row[1:3 + i] = torch.randint(3, 100, (2 + i,), generator=generator)
    mask = (ids != PAD).long()
    results = []
    for network in (in_double(model), model):
        with torch.no_grad():
            seen = network.vision_model(pixels.to(network.dtype)).last_hidden_state[:, 0]
            read = network.text_encoder(input_ids=ids, attention_mask=mask, return_dict=True).last_hidden_state[:, 0]
            images, texts = F.normalize(network.vision_proj(seen), dim=-1), F.normalize(network.text_proj(read), dim=-1)
        results.append({"image_embeds_unit": images, "text_embeds_unit": texts, "scores": images @ texts.T})
    write_io(folder, {"pixel_values": pixels, "input_ids": ids, "attention_mask": mask}, *results)
