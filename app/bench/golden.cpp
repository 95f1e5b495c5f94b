// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/golden.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/safetensors.h"

namespace rest::app {
namespace {

constexpr double kFloatTolerance = 1e-4;  // as in tests/
constexpr double kHalfTolerance = 3e-2;   // of the norm; bf16 has 8 bits
constexpr double kImpossible = 1e30;

/// As in tests/support/tensors.h: the largest over all elements of min(absolute, relative) difference.
double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
    const auto absolute = (a - b).abs();
    return torch::minimum(absolute, absolute / b.abs().clamp_min(1e-12)).max().item<double>();
}

torch::Tensor on_host(const torch::Tensor& t) {
    return t.detach().to(torch::kCPU).to(torch::kFloat64);
}

}  // namespace

void run_part(const std::string& name, CheckReport& report, const std::function<void()>& part) {
    try {
        part();
    } catch (const Error& e) {
        report.check(name, false, e.full_text());
    } catch (const std::exception& e) {
        report.check(name, false, e.what());
    }
}

void compare_tensors(const std::string& what, const torch::Tensor& got, const torch::Tensor& wanted,
                     const GoldenSettings& settings, CheckReport& report) {
    const auto a = on_host(got), b = on_host(wanted);
    const bool comparable = a.sizes() == b.sizes() && torch::isfinite(a).all().item<bool>();
    if (settings.bf16) {
        report.near(what + " (bf16, of the norm)",
                    comparable ? ((a - b).norm() / b.norm()).item<double>() : kImpossible, kHalfTolerance);
    } else {
        report.near(what, comparable ? largest_difference(a, b) : kImpossible, kFloatTolerance);
    }
}

nlohmann::json read_golden_json(const std::filesystem::path& path) {
    return nlohmann::json::parse(read_file(path));
}

checkpoint::Weights golden_tensors(const std::filesystem::path& path, torch::Device device) {
    auto tensors = checkpoint::read_safetensors(path);
    for (auto& [name, tensor] : tensors) tensor = tensor.to(device);
    return tensors;
}

}  // namespace rest::app
