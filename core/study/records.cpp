// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/records.h"

#include <random>

namespace rest::study {

const char* to_string(ClipRole role) {
    switch (role) {
        case ClipRole::rated:
            return "rated";
        case ClipRole::training:
            return "training";
        case ClipRole::control:
            return "control";
    }
    return "unknown";
}

const char* to_string(Choice choice) {
    switch (choice) {
        case Choice::no:
            return "no";
        case Choice::yes:
            return "yes";
        case Choice::skip:
            return "skip";
        case Choice::withdrawn:
            return "withdrawn";
    }
    return "unknown";
}

std::string new_uuid() {
    static constexpr char kHex[] = "0123456789abcdef";
    std::random_device device;
    std::string uuid;
    for (int word = 0; word < 4; ++word) {
        uint32_t bits = device();
        for (int digit = 0; digit < 8; ++digit, bits >>= 4) uuid += kHex[bits & 15];
    }
    return uuid;
}

}  // namespace rest::study
