// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace rest::test {

/// The checkout that the tests were built from.
std::filesystem::path source_dir();
/// The build folder of the tests: programs are in its bin, tests and libraries they preload in its tests.
std::filesystem::path build_dir();
/// The program `rest` of the same build.
std::filesystem::path rest_program();

}  // namespace rest::test
