// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rest::app {

/// The words of a command line, taken one option at a time: a program that needs LibTorch alone has no CLI11.
/// Each call removes what it found; `names()` comes last and refuses what nobody asked for. All throw Error
/// (invalid_argument) that names the option at fault.
class Arguments {
  public:
    explicit Arguments(std::vector<std::string> words) : words_(std::move(words)) {}

    bool flag(const std::string& option);
    /// `--option VALUE` or `--option=VALUE`; `otherwise` where it is not given.
    std::string text(const std::string& option, const std::string& otherwise);
    /// A whole number, at least `least`.
    int64_t number(const std::string& option, int64_t otherwise, int64_t least);
    /// What is left: words that belong to no option.
    std::vector<std::string> names();
    /// As names(), where none may be left.
    void nothing_else();

  private:
    std::vector<std::string> words_;
};

/// The device that all of the commands take as --device. Throws Error: invalid_argument for a name that is none, device
/// where LibTorch sees no such GPU.
torch::Device checked_device(const std::string& name);

}  // namespace rest::app
