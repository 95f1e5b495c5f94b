// SPDX-License-Identifier: GPL-3.0-or-later
// A whole safetensors file, up to the point where its data would be read.
#include <sstream>

#include "core/checkpoint/files/safetensors_header.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

void check(const std::vector<checkpoint::SafetensorsEntry>& entries, uint64_t begin, uint64_t file_size) {
    uint64_t at = 0;
    for (const auto& entry : entries) {
        uint64_t elements = 1;
        for (const int64_t size : entry.shape) elements *= static_cast<uint64_t>(size);
        promise(entry.begin == at, "tensors follow each other without a gap");
        promise(entry.end - entry.begin == elements * checkpoint::size_of(entry.type),
                "a tensor has the bytes of its shape");
        at = entry.end;
    }
    promise(begin + at == file_size, "the last tensor ends with the file");
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    return outcome_of(
        [&] {
            std::istringstream in{std::string(bytes)};
            const auto entries = checkpoint::read_safetensors_header(in, bytes.size(), "made.safetensors");
            check(entries, static_cast<uint64_t>(in.tellg()), bytes.size());
        },
        "made.safetensors");
}

}  // namespace rest::fuzz
