// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/matrix.h"

namespace rest::store {

/// A cache of features beside the project: recomputable, so a missing, damaged or outdated file reads as empty. `key`
/// identifies what the rows were computed from (model, videos, settings); another key reads as empty.
void write_features(const std::filesystem::path& path, const Matrix& features, std::string_view key);
std::optional<Matrix> read_features(const std::filesystem::path& path, std::string_view key);

/// A feature file whose rows are looked at one after another: for what need not be in memory at once. Not thread-safe.
class FeatureScan {
  public:
    /// Nothing where read_features() would read nothing whatever the key.
    static std::optional<FeatureScan> open(const std::filesystem::path& path);

    const std::string& key() const { return key_; }
    int64_t rows() const { return rows_; }
    int64_t cols() const { return cols_; }
    /// Row `i`, 0 <= i < rows(); empty when it cannot be read. Its values are not checked.
    std::vector<float> row(int64_t i);
    /// Gives all rows, in order. False when the file is damaged, which shows at the end only: what `visit` was given
    /// is worthless then. What `visit` throws is thrown here.
    bool visit(const std::function<void(int64_t i, std::span<const float> row)>& visit);

  private:
    FeatureScan() = default;
    std::ifstream in_;
    std::string key_;
    int64_t rows_ = 0, cols_ = 0;
    uint64_t checksum_ = 0;
};

}  // namespace rest::store
