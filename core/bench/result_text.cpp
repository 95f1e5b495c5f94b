// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/result_text.h"

#include <fmt/format.h>

namespace rest::bench {
namespace {

std::string rate(double per_second, const char* unit) {
    if (per_second >= 1e12) return fmt::format("{:.1f} T{}/s", per_second / 1e12, unit);
    return fmt::format("{:.1f} G{}/s", per_second / 1e9, unit);
}

}  // namespace

std::string to_text(const Limits& limits) {
    auto line = "limits: matrix product " + rate(limits.flop_per_second, "FLOP");
    if (limits.float32_flop_per_second > 0 && limits.float32_flop_per_second != limits.flop_per_second) {
        line += " (float32 " + rate(limits.float32_flop_per_second, "FLOP") + ")";
    }
    return line + ", memory copy " + rate(limits.bytes_per_second, "B");
}

std::string to_text(const BenchResult& r) {
    auto line = fmt::format("{:<12} {:>9.3f} s  ({:.3f} to {:.3f})", r.name, r.median, r.fastest, r.slowest);
    if (r.flop_per_second > 0) line += "  " + rate(r.flop_per_second, "FLOP");
    if (r.bytes_per_second > 0) line += "  " + rate(r.bytes_per_second, "B");
    if (r.share > 0) line += fmt::format("  {:.0f} % of the limit", 100 * r.share);
    return line + fmt::format("  peak {:.1f} GB  {}", static_cast<double>(r.peak_bytes) / 1e9, r.description);
}

nlohmann::json to_json(const Limits& limits) {
    return {{"flop_per_second", limits.flop_per_second},
            {"float32_flop_per_second", limits.float32_flop_per_second},
            {"bytes_per_second", limits.bytes_per_second}};
}

nlohmann::json to_json(const BenchResult& r) {
    return {{"work", r.name},
            {"description", r.description},
            {"device", r.device},
            {"seconds", r.median},
            {"fastest", r.fastest},
            {"slowest", r.slowest},
            {"flop_per_second", r.flop_per_second},
            {"bytes_per_second", r.bytes_per_second},
            {"share_of_limit", r.share},
            {"peak_bytes", r.peak_bytes}};
}

}  // namespace rest::bench
