// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/arguments.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"

namespace rest::app {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message, "rest-bench --help lists the options.");
}

}  // namespace

bool Arguments::flag(const std::string& option) {
    return std::erase(words_, option) > 0;
}

std::string Arguments::text(const std::string& option, const std::string& otherwise) {
    auto value = otherwise;
    for (auto at = words_.begin(); at != words_.end();) {
        if (at->starts_with(option + "=")) {
            value = at->substr(option.size() + 1);
            at = words_.erase(at);
        } else if (*at == option) {
            if (at + 1 == words_.end() || (at + 1)->starts_with("--")) refuse(option + " needs a value");
            value = *(at + 1);
            at = words_.erase(at, at + 2);
        } else {
            ++at;
        }
    }
    return value;
}

int64_t Arguments::number(const std::string& option, int64_t otherwise, int64_t least) {
    const auto word = text(option, std::to_string(otherwise));
    int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value < least) {
        refuse(option + " " + word + ": must be an integer, " + std::to_string(least) + " or more");
    }
    return value;
}

std::vector<std::string> Arguments::names() {
    for (const auto& word : words_) {
        if (word.starts_with("-")) refuse("There is no option " + word + " here");
    }
    return std::exchange(words_, {});
}

void Arguments::nothing_else() {
    const auto left = names();
    if (!left.empty()) refuse("\"" + left.front() + "\" is not understood");
}

torch::Device checked_device(const std::string& name) {
    if (name == "cpu") return torch::kCPU;
    const bool numbered = name.starts_with("cuda:") && name.size() > 5 && name.size() < 9 &&
                          name.find_first_not_of("0123456789", 5) == std::string::npos;
    if (name != "cuda" && !numbered) refuse("There is no device \"" + name + "\": cpu, cuda or cuda:N");
    const int64_t index = numbered ? std::stoll(name.substr(5)) : 0;
    const auto devices = static_cast<int64_t>(torch::cuda::device_count());
    if (index >= devices) {
        throw Error(
            ErrorCode::device, "LibTorch sees " + std::to_string(devices) + " GPUs: there is no " + name,
            devices > 0 ? "" : "Check nvidia-smi, and that this program was built with a LibTorch that has CUDA.");
    }
    return {torch::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

}  // namespace rest::app
