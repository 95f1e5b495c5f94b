// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace rest::test {

/// An error if REST_REFERENCE does not name a folder, else empty: a mistyped name must not silently test other data.
std::string reference_problem();
/// Where a part of the golden data is, such as "golden/blip-tiny" or "videos": in $REST_REFERENCE if that folder
/// has it, else in tests/golden (without "golden/"), else in ../shared/reference beside the checkout;
/// empty if in none.
std::optional<std::filesystem::path> reference_part(const std::string& part);
nlohmann::json read_json(const std::filesystem::path& path);

}  // namespace rest::test

/// Declares `name` as the path of the golden data's `part`, or skips the test function with the reason.
#define REST_REFERENCE_OR_SKIP(name, part)                                                              \
    if (const auto problem = rest::test::reference_problem(); !problem.empty()) QFAIL(problem.c_str()); \
    const auto name##_found = rest::test::reference_part(part);                                         \
    if (!name##_found) QSKIP("Not in tests/golden: set REST_REFERENCE to a folder that holds " part);   \
    const std::filesystem::path name = *name##_found
