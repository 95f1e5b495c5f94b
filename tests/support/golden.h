// SPDX-License-Identifier: GPL-3.0-or-later
// What agreement with golden data means: results are compared with a float64 computation, and may differ from it by
// at most twice the error of transformers' own float32, or 1e-5, whichever is larger.
#pragma once

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <optional>

#include "tests/support/device_tensors.h"
#include "tests/support/reference.h"
#include "tests/support/tensors.h"

namespace rest::test {

/// The allowed difference of a result, given float32's `distance` from float64. Data without distances is float32
/// itself; its tolerance is `otherwise`.
inline double allowed(const std::optional<double>& distance, double otherwise) {
    return distance ? std::max(2 * *distance, 1e-5) : otherwise;
}

/// The same, for `name` in a file's list of distances.
inline double allowed(const nlohmann::json& distances, const std::string& name, double otherwise) {
    const auto found = distances.is_object() ? distances.find(name) : distances.end();
    return allowed(found == distances.end() ? std::nullopt : std::optional(found->get<double>()), otherwise);
}

/// io.safetensors of a folder, on the device of the tests, with distances.json beside it.
struct Golden {
    checkpoint::Weights tensors;
    nlohmann::json distances;

    explicit Golden(const std::filesystem::path& folder) : tensors(device_tensors(folder / "io.safetensors")) {
        if (std::filesystem::exists(folder / "distances.json")) distances = read_json(folder / "distances.json");
    }

    const torch::Tensor& operator[](const std::string& name) const { return tensors.at(name); }
    double limit(const std::string& name) const { return allowed(distances, name, 1e-4); }

    /// Empty if `got` agrees with the tensor `name`, of which `where` selects the elements that count; else by how much
    /// it differs.
    std::string disagreement(const torch::Tensor& got, const std::string& name, const torch::Tensor& where = {}) const {
        const auto& wanted = tensors.at(name);
        const double found =
            where.defined() ? difference(got.index({where}), wanted.index({where})) : difference(got, wanted);
        qInfo("%s: %.1e from the golden data, %.1e allowed", name.c_str(), found, limit(name));
        if (found <= limit(name)) return {};
        return name + " is " + std::to_string(found) + " from the golden data";
    }
};

}  // namespace rest::test

/// Golden `golden`, result `got`, the tensor's name and, if only some elements count, which.
#define REST_AGREES(golden, got, ...)                                      \
    do {                                                                   \
        const auto disagreement = (golden).disagreement(got, __VA_ARGS__); \
        QVERIFY2(disagreement.empty(), disagreement.c_str());              \
    } while (false)
