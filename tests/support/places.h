// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace rest::test {

/// The checkout that the tests were built from.
std::filesystem::path source_dir();
/// The folder that the tests were built in: programs lie in its bin, tests and what they preload in its tests.
std::filesystem::path build_dir();
/// The program `rest` of the same build.
std::filesystem::path rest_program();

}  // namespace rest::test
