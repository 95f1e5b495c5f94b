// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/error.h"

namespace rest::test {

inline void write_text(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// The message of the Error that `call` throws; empty if it throws none.
template <class Call>
std::string error_of(Call call) {
    try {
        call();
    } catch (const Error& e) {
        return e.what();
    }
    return {};
}

inline bool names(const std::string& message, std::string_view part) {
    return message.find(part) != std::string::npos;
}

}  // namespace rest::test
