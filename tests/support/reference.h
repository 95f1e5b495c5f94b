// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace rest::test {

/// The reference data: $REST_REFERENCE, else ../shared/reference beside the checkout; nothing without either.
std::optional<std::filesystem::path> reference_dir();
nlohmann::json read_json(const std::filesystem::path& path);

}  // namespace rest::test

/// Declares `name` as the reference folder's `part`, or skips the test function and says why.
#define REST_REFERENCE_OR_SKIP(name, part)                                                             \
    const auto name##_found = rest::test::reference_dir();                                             \
    if (!name##_found || !std::filesystem::exists(*name##_found / (part)))                             \
        QSKIP("No reference data here: set REST_REFERENCE to the folder that holds it");               \
    const std::filesystem::path name = *name##_found / (part)
