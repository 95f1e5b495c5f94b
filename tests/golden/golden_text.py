# SPDX-License-Identifier: GPL-3.0-or-later
"""Token ids by Hugging Face's tokenizers: BLIP's WordPiece (BERT's) and CLIP's byte-level BPE, each with a small vocabulary
learned from the class names in resources/lists. The files are called as those of the published models are."""
import json

from tokenizers import Regex
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertTokenizer

BERT_TOKENS, CLIP_MERGES = 1200, 700
SENTENCES = [
    "a video of a man riding a wave on top of a surfboard", "a group of people standing around a table with a lit candle",
    "a person is playing the drums in a room", "someone is cutting vegetables with a knife, slowly",
    "two women are dancing on a stage; the crowd cheers", "a close up of a person's hands tying a knot",
]
# Texts on which tokenizers are known to differ.
EDGES = [
    "", " ", "a", "A Video OF ", "don't can't he'll they've I'm it's you're she'd", "ROCK'N'ROLL isn't", "3d-printing, 4x100m: 50%!",
    "caf\u00e9 Z\u00fcrich na\u00efve \u00c5ngstr\u00f6m", "cafe\u0301 vs caf\u00e9", "\ufb01ne \ufb02ow \u2163 \u00bd \u00b2",
    "\u6211\u5728\u6253\u7bee\u7403", "\u30d0\u30b9\u30b1\u30c3\u30c8\u30dc\u30fc\u30eb", "\ub18d\uad6c \uacbd\uae30",
    "\u0431\u0430\u0441\u043a\u0435\u0442\u0431\u043e\u043b", "\U0001f600 playing \U0001f3bb \U0001f469\u200d\U0001f467",
    "tab\tnew\nline\r\nspace\u00a0no-break\u2003em\u200bzero", "control\x00\x07\x1bchars", "\ufffd\ufeffmark", "a" * 101, "x" * 99 + "yz",
    "[DEC] [SEP] [MASK] [PAD] [UNK]", "<|startoftext|> running <|endoftext|>", "&amp; &lt;b&gt;", "running   dancing  !!  ...",
    "snake_case CamelCase kebab-case", "U.S.A. e.g. Ph.D.", "\u202eright to left\u202c", "\u0301leading accent", "word " * 120,
    "1234567890 1,000,000 3.14159", "a/b\\c|d~e`f^g", "\u201cquotes\u201d \u2018single\u2019 \u2013 en \u2014 em \u2026",
    "antidisestablishmentarianism",
]


def bert(folder, texts):
    words = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    words.normalizer = normalizers.BertNormalizer()
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.train_from_iterator(texts, trainers.WordPieceTrainer(
        vocab_size=BERT_TOKENS, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    by_id = sorted(words.get_vocab().items(), key=lambda entry: entry[1])
    (folder / "bert-base-uncased-vocab.txt").write_text("".join(token + "\n" for token, _ in by_id), encoding="utf-8")
    tokenizer = BertTokenizer(vocab=str(folder / "bert-base-uncased-vocab.txt"), do_lower_case=True)
    tokenizer.add_special_tokens({"bos_token": "[DEC]"})
    tokenizer.add_special_tokens({"additional_special_tokens": ["[ENC]"]})
    assert tokenizer.convert_tokens_to_ids("[DEC]") == len(by_id)
    return tokenizer


def clip_pieces(vocabulary, merges):
    """CLIP's tokenizer.json as published, but for the vocabulary."""
    start, end = "<|startoftext|>", "<|endoftext|>"
    pieces = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, unk_token=end, end_of_word_suffix="</w>"))
    pieces.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = Regex(r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    pieces.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(words, behavior="removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    pieces.decoder = decoders.ByteLevel()
    return pieces, start, end


def clip(folder, texts):
    symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
    learned = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    template, start, end = clip_pieces({}, [])
    learned.normalizer, learned.pre_tokenizer = template.normalizer, template.pre_tokenizer
    learned.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=2 * len(symbols) + CLIP_MERGES, initial_alphabet=symbols, end_of_word_suffix="</w>", show_progress=False))
    merges = [tuple(merge) for merge in json.loads(learned.to_str())["model"]["merges"]]
    tokens = symbols + [symbol + "</w>" for symbol in symbols] + ["".join(merge) for merge in merges]
    tokens = list(dict.fromkeys(tokens)) + [start, end]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    (folder / "clip-vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "clip-merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges), encoding="utf-8")
    pieces, start, end = clip_pieces(vocabulary, merges)
    pieces.add_special_tokens([AddedToken(start, normalized=True, special=True), AddedToken(end, normalized=False, special=True)])
    pieces.post_processor = processors.RobertaProcessing(
        (end, vocabulary[end]), (start, vocabulary[start]), trim_offsets=False, add_prefix_space=False)
    pieces.save(str(folder / "clip-tokenizer.json"), pretty=False)
    pieces.enable_truncation(77)
    return pieces


def write(folder, vocab, lists):
    names = [name for file in ("kinetics-620.txt", "hmdb51.txt") for name in (lists / file).read_text().splitlines()]
    texts = names + SENTENCES
    # words of the edge cases are learned too, so that some are known
    words, pieces = bert(vocab, texts + EDGES), clip(vocab, texts)
    with open(folder / "cases.jsonl", "w", encoding="utf-8") as file:
        for text in EDGES + SENTENCES + names:
            ids = words(text, truncation=True, max_length=40)["input_ids"]
            row = {"text": text, "bert_ids": ids, "bert_decoded": words.decode(ids, skip_special_tokens=True),
                   "clip_ids": pieces.encode(text).ids}
            file.write(json.dumps(row) + "\n")
