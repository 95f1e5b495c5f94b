// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/sweep.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/strings.h"
#include "core/engine/run/train_once.h"
#include "core/store/project.h"

namespace rest::engine {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSymbols = {{{"H", "neighbours"},
                                                                                    {"K", "captions_per_video"},
                                                                                    {"N_I", "retrievals"},
                                                                                    {"R", "epochs_per_retrieval"},
                                                                                    {"T", "frames"}}};

std::string setting_name(std::string_view given) {
    const auto found = std::ranges::find(kSymbols, given, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == kSymbols.end() ? given : found->second);
}

void check_axes(const SweepParams& params) {
    std::set<std::string> seen;
    for (const auto& axis : params.axes) {
        if (axis.values.empty()) throw Error(ErrorCode::invalid_argument, "Sweep: " + axis.setting + " has no values");
        if (!seen.insert(axis.setting).second) {
            throw Error(ErrorCode::invalid_argument, "Sweep: " + axis.setting + " is given twice",
                        "Give all its values at once.");
        }
    }
    if (params.seeds < 1)
        throw Error(ErrorCode::invalid_argument, fmt::format("Sweep: {} seeds", params.seeds), "Use 1 or more.");
    if (params.seeds > 1 && seen.contains("seed")) {
        throw Error(ErrorCode::invalid_argument, "Sweep: the seed is varied and several seeds are requested",
                    "Use one of the two.");
    }
}

std::string run_name(const SweepCell& cell, int64_t seed) {
    std::vector<std::string> parts;
    for (const auto& [setting, value] : cell.values) parts.push_back(setting + " " + value);
    parts.push_back(fmt::format("seed {}", seed));
    return fmt::format("{}", fmt::join(parts, ", "));
}

class SweepJob final : public Job {
  public:
    SweepJob(SweepParams params, std::function<void(const std::vector<SweepCell>&)> done)
        : params_(std::move(params)), cells_(sweep_grid(params_)), done_(std::move(done)) {}

    std::string title() const override { return fmt::format("Sweep of {} runs", std::ssize(cells_) * params_.seeds); }

    std::string run(JobContext& context) override {
        for (auto& cell : cells_) {
            for (const auto& settings : cell.settings) {
                const store::RunId id =
                    train_once(params_.project, settings, run_name(cell, settings.optimisation.seed), context);
                const auto project = store::Project::open(params_.project, store::OpenMode::read_only);
                cell.runs.push_back(id);
                const auto top1 = project.metrics(id, "clip_tam_top1"), top5 = project.metrics(id, "clip_tam_top5");
                if (top1.empty() || top5.empty()) continue;
                cell.top1.push_back(top1.back().value);
                cell.top5.push_back(top5.back().value);
            }
        }
        done_(cells_);
        return title() + " done";
    }

  private:
    SweepParams params_;
    std::vector<SweepCell> cells_;
    std::function<void(const std::vector<SweepCell>&)> done_;
};

}  // namespace

SweepAxis sweep_axis(const std::string& text) {
    const auto at = text.find('=');
    if (at == std::string::npos || at + 1 == text.size()) {
        throw Error(ErrorCode::invalid_argument, "\"" + text + "\" is not a setting with values",
                    "Write for example K=1,3,5.");
    }
    return {setting_name(trimmed(text.substr(0, at))), split(text.substr(at + 1), ',')};
}

std::vector<SweepCell> sweep_grid(const SweepParams& params) {
    check_axes(params);
    std::vector<SweepCell> cells(1);
    for (const auto& axis : params.axes) {
        std::vector<SweepCell> next;
        for (const auto& cell : cells) {
            for (const auto& value : axis.values) {
                next.push_back(cell);
                next.back().values.emplace_back(axis.setting, value);
            }
        }
        cells = std::move(next);
    }
    for (auto& cell : cells) {
        auto settings = params.base;
        for (const auto& [setting, value] : cell.values) set_setting(settings, setting, value);
        for (int64_t s = 0; s < params.seeds; ++s) {
            check_settings(settings);
            cell.settings.push_back(settings);
            ++settings.optimisation.seed;
        }
    }
    return cells;
}

std::unique_ptr<Job> make_sweep_job(const SweepParams& params,
                                    std::function<void(const std::vector<SweepCell>&)> done) {
    return std::make_unique<SweepJob>(params, std::move(done));
}

}  // namespace rest::engine
