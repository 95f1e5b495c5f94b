// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rest::interchange {

/// The bytes of a TensorBoard event file: records of TensorFlow's Event message, each with its length and masked
/// CRC-32C. Only what curves need; the few fields are encoded here, so that no protobuf library is.
class EventFile {
  public:
    /// `wall_time` in seconds since 1970, of every event.
    explicit EventFile(double wall_time);
    void add_scalar(std::string_view tag, int64_t step, double value);
    /// Shown as Markdown on the Text page.
    void add_text(std::string_view tag, std::string_view markdown);
    const std::string& bytes() const { return bytes_; }

  private:
    void add_event(std::string_view rest);
    std::string bytes_;
    double wall_time_;
};

/// CRC-32C (Castagnoli), as TFRecord files have it before masking.
uint32_t crc32c(std::string_view bytes);

}  // namespace rest::interchange
