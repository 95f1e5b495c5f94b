// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>

namespace rest::fuzz {
namespace {

/// Numbers, little-endian and as text, at which readers without range checks overflow.
const std::array<std::string, 12> kEdges = {std::string(1, '\0'),
                                            std::string(4, '\0'),
                                            "\xff",
                                            "\xff\xff\xff\xff",
                                            "\xff\xff\xff\x7f",
                                            std::string(8, '\xff'),
                                            "-1",
                                            "99999999999999",
                                            "9223372036854775807",
                                            "1e999",
                                            "\xf0\x9f\x98\x80",
                                            std::string(64, '[')};

}  // namespace

std::string Mutator::next() {
    std::string bytes = seeds_[below(seeds_.size())];
    for (size_t changes = 1 + below(4); changes > 0; --changes) change(bytes);
    return bytes;
}

void Mutator::change(std::string& bytes) {
    const size_t at = below(bytes.size() + 1), length = std::min(bytes.size() - at, 1 + below(32));
    switch (below(6)) {
        case 0:
            if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
            break;
        case 1:
            if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ 1 << below(8));
            break;
        case 2:
            bytes.erase(at, length);
            break;
        case 3:
            bytes.insert(at, std::string(bytes, at, length));
            break;
        case 4: {
            const std::string& edge = kEdges[below(kEdges.size())];
            bytes.replace(at, std::min(edge.size(), bytes.size() - at), edge);
            break;
        }
        default: {
            const std::string& other = seeds_[below(seeds_.size())];
            bytes = bytes.substr(0, at) + other.substr(below(other.size() + 1));
        }
    }
}

}  // namespace rest::fuzz
