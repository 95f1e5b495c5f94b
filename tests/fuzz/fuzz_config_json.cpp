// SPDX-License-Identifier: GPL-3.0-or-later
// A checkpoint's config.json and the sizes that follow from it.
#include "core/checkpoint/files/config_json.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

void check(checkpoint::CheckpointKind kind, const checkpoint::ModelSizes& sizes) {
    for (const int64_t size : {sizes.vision.hidden, sizes.vision.patch, sizes.vision.heads, sizes.text.hidden,
                               sizes.text.vocabulary, sizes.text.heads, sizes.text.mlp}) {
        promise(size > 0 && size <= 10'000'000, "sizes are some that a model can have");
    }
    promise(sizes.vision.layers <= 1000 && sizes.text.layers <= 1000, "layers are bounded");
    promise(sizes.vision.hidden % sizes.vision.heads == 0, "heads divide the width");
    // The names of many layers would make the fuzzer slow and find nothing new.
    if (sizes.vision.layers + sizes.text.layers > 6) return;
    for (const auto& [name, shape] : checkpoint::expected_tensors(kind, sizes)) {
        for (const int64_t size : shape) promise(size >= 0, "no tensor has a negative size");
    }
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    scratch.put("config.json", bytes);
    return outcome_of(
        [&] {
            for (const auto kind : {checkpoint::CheckpointKind::blip_captioner, checkpoint::CheckpointKind::clip,
                                    checkpoint::CheckpointKind::blip_retrieval}) {
                const auto config =
                    checkpoint::read_model_config(scratch.folder(), {.clip = kind == checkpoint::CheckpointKind::clip});
                checkpoint::SizeNotes notes;
                try {
                    const auto sizes = checkpoint::model_sizes(kind, {}, config, false, notes);
                    check(kind, sizes);
                    checkpoint::make_config(kind, sizes, config.model).dump();
                } catch (const Error&) {
                    // The file has the keys of another kind; read_checkpoint() adds the file's name.
                }
            }
        },
        "config.json");
}

}  // namespace rest::fuzz
