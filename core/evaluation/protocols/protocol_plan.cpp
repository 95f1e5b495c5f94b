// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/protocol_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/paths.h"
#include "core/base/strings.h"
#include "core/evaluation/protocols/known_sets.h"
#include "core/evaluation/protocols/plan_official.h"
#include "core/evaluation/tam/class_names.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

std::string with_thousands(int64_t number) {
    std::string digits = std::to_string(number);
    for (auto place = std::ssize(digits) - 3; place > 0; place -= 3) digits.insert(static_cast<size_t>(place), 1, ',');
    return digits;
}

class Planner {
  public:
    Planner(const Protocol& protocol, std::span<const ProtocolClip> clips, const PlanSettings& settings)
        : clips_(clips),
          settings_(settings),
          shipped_(settings.shipped.empty() ? resources_dir() / "lists" : settings.shipped) {
        plan_.protocol = protocol;
    }

    ProtocolPlan run() {
        switch (plan_.protocol.data) {
            case ProtocolData::project:
                own(project_classes(), "the project", true);
                break;
            case ProtocolData::kinetics400:
                kinetics400();
                break;
            case ProtocolData::kinetics220:
                official(find(find_kinetics220_lists, "kinetics-620.txt"),
                         [&] { return read_compact_kinetics220(shipped_ / "kinetics-220.txt"); });
                break;
            case ProtocolData::ucf101:
                official(find(find_ucf101_lists, "ucf101.txt"),
                         [&] { return read_compact_ucf101(shipped_ / "ucf101.txt"); });
                break;
            case ProtocolData::hmdb51:
                official(find(find_hmdb51_lists, "hmdb51.txt"), [&] { return no_lists(); });
                break;
        }
        if (plan_.parts.empty()) fail();
        return std::move(plan_);
    }

  private:
    using Finder = std::optional<OfficialSet>(const fs::path&, const std::vector<std::string>&);

    std::optional<OfficialSet> find(Finder* finder, const char* classes) const {
        if (settings_.lists.empty()) return std::nullopt;
        return finder(settings_.lists, read_class_list(shipped_ / classes));
    }

    template <class Shipped>
    void official(std::optional<OfficialSet> found, Shipped shipped) {
        const OfficialSet set = found ? std::move(*found) : shipped();
        if (!found && !settings_.lists.empty()) {
            plan_.problems.push_back({ErrorCode::not_found, settings_.lists.string(),
                                      "The folder holds no lists of " + plan_.protocol.title,
                                      "The shipped ones are used."});
        }
        use(set);
        if (std::ssize(set.splits) < plan_.protocol.splits) {
            plan_.problems.push_back(
                {ErrorCode::not_found, set.source,
                 fmt::format("The lists hold {} of {} splits", set.splits.size(), plan_.protocol.splits),
                 "The paper's figures are means over all of them."});
        }
    }

    void use(const OfficialSet& set) {
        plan_.lists = set.source;
        plan_.problems.insert(plan_.problems.end(), set.problems.begin(), set.problems.end());
        note_other_set(set.classes);
        plan_official_splits(set, clips_, settings_.seed, plan_);
    }

    void kinetics400() {
        if (const auto set = find(find_kinetics_lists, "kinetics-400.txt")) return use(*set);
        const auto file = shipped_ / "kinetics-400.txt";
        const auto classes = read_class_list(file);
        note_other_set(classes);
        own(classes, file.string(), false);
    }

    void own(std::vector<std::string> classes, const std::string& source, bool of_project) {
        plan_.lists = source;
        plan_own_splits({std::move(classes), of_project, !of_project}, clips_, plan_);
    }

    std::vector<std::string> project_classes() const {
        if (!settings_.classes.empty()) return settings_.classes;
        std::set<std::string> labels;
        for (const auto& clip : clips_) labels.insert(clip.label);
        return ClassNames(std::vector(labels.begin(), labels.end())).names();
    }

    void note_other_set(const std::vector<std::string>& classes) {
        std::vector<std::string> labels;
        for (const auto& clip : clips_) labels.push_back(clip.label);
        const auto message = looks_like_another_set(labels, ClassNames(classes), shipped_);
        if (message.empty()) return;
        plan_.problems.push_back({ErrorCode::invalid_argument, "clips", message, "Choose the protocol of their set."});
    }

    OfficialSet no_lists() const {
        throw Error(ErrorCode::not_found,
                    settings_.lists.empty()
                        ? plan_.protocol.name + " needs the official split lists, which are not shipped"
                        : "There is no <class>_test_split1.txt in " + settings_.lists.string(),
                    plan_.protocol.needs);
    }

    [[noreturn]] void fail() const {
        constexpr size_t kNamed = 5;
        std::string why;
        std::set<std::string> told;
        for (const auto& problem : plan_.problems) {
            if (told.insert(problem.message).second && told.size() <= kNamed) why += "; " + problem.message;
        }
        if (told.size() > kNamed) why += fmt::format("; and {} more", told.size() - kNamed);
        throw Error(ErrorCode::not_found,
                    fmt::format("{}: nothing to measure among {} clips{}", plan_.protocol.name, clips_.size(), why),
                    plan_.protocol.needs);
    }

    std::span<const ProtocolClip> clips_;
    const PlanSettings& settings_;
    fs::path shipped_;
    ProtocolPlan plan_;
};

}  // namespace

std::string coverage(const ProtocolPart& part) {
    return fmt::format("on {} of {} clips", with_thousands(std::ssize(part.test)), with_thousands(part.listed_test));
}

void require_share(const ProtocolPart& part, double least) {
    constexpr size_t kNamed = 5;
    const auto here = std::ssize(part.test);
    if (static_cast<double>(here) >= least * static_cast<double>(part.listed_test)) return;
    throw Error(ErrorCode::not_found,
                fmt::format("Only {} of the {} test clips of {} are here; it lacks {}", with_thousands(here),
                            with_thousands(part.listed_test), part.name, some_of(part.missing_test, kNamed)),
                "Fetch the clips, or allow fewer (--least-found).");
}

ProtocolPlan plan_protocol(const Protocol& protocol, std::span<const ProtocolClip> clips,
                           const PlanSettings& settings) {
    return Planner(protocol, clips, settings).run();
}

}  // namespace rest::evaluation
