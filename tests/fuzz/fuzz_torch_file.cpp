// SPDX-License-Identifier: GPL-3.0-or-later
// A whole file of torch.save: zip archive or legacy stream.
#include "core/checkpoint/files/torch_layout.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    const auto path = scratch.put("made.pth", bytes);
    return outcome_of(
        [&] {
            const checkpoint::TorchLayout layout = checkpoint::read_torch_layout(path);
            for (const auto& [key, info] : layout.dict.storages) {
                const uint64_t place = layout.places.at(key);
                promise(place <= bytes.size() && info.bytes() <= bytes.size() - place,
                        "a storage lies within the file");
            }
        },
        "made.pth");
}

}  // namespace rest::fuzz
