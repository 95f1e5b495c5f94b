// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rest::app {

/// Parses a command line, one option at a time: a program whose only dependency is LibTorch cannot use CLI11.
/// Each call removes what it found; `names()` comes last and rejects unknown options. All throw Error
/// (invalid_argument) that names the option at fault.
class Arguments {
  public:
    explicit Arguments(std::vector<std::string> words) : words_(std::move(words)) {}

    bool flag(const std::string& option);
    /// `--option VALUE` or `--option=VALUE`; `otherwise` if not given.
    std::string text(const std::string& option, const std::string& otherwise);
    /// An integer, at least `least`.
    int64_t number(const std::string& option, int64_t otherwise, int64_t least);
    /// The remaining words, which belong to no option.
    std::vector<std::string> names();
    /// As names(), where no word may remain.
    void nothing_else();

  private:
    std::vector<std::string> words_;
};

/// The device given by --device, which all commands take. Throws Error: invalid_argument for an unknown name, device
/// if LibTorch sees no such GPU.
torch::Device checked_device(const std::string& name);

}  // namespace rest::app
