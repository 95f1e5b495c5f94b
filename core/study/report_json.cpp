// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "core/study/report_text.h"

namespace rest::study {
namespace {

using nlohmann::json;

json to_json(const Share& share) {
    if (share.whole == 0) return {{"clips", 0}, {"part", 0}, {"percent", nullptr}, {"interval", nullptr}};
    return {{"clips", share.whole},
            {"part", share.part},
            {"percent", share.percent},
            {"interval", {share.interval.low, share.interval.high}}};
}

json to_json(const Coefficient& c) {
    json out = {{"value", nullptr}, {"interval", nullptr}};
    if (c.statistic.value)
        out["value"] = *c.statistic.value;
    else
        out["undefined"] = c.statistic.undefined;
    if (c.interval) out["interval"] = {c.interval->low, c.interval->high};
    return out;
}

json to_json(const std::optional<bool>& value) {
    return value ? json(*value) : json(nullptr);
}

json clip_ids(const StudyReport& report, bool people, bool tam) {
    json ids = json::array();
    for (const size_t i : report.quadrants[people][tam]) ids.push_back(report.results[i].clip.id);
    return ids;
}

json clips_json(const StudyReport& report) {
    json out = json::array();
    for (const auto& r : report.results) {
        out.push_back({{"clip", r.clip.id},
                       {"video", r.clip.name},
                       {"caption", r.clip.caption},
                       {"class", r.clip.label},
                       {"yes", r.yes},
                       {"no", r.no},
                       {"skips", r.skips},
                       {"people", to_json(r.people)},
                       {"clip_tam", to_json(r.clip.tam_right)}});
    }
    return out;
}

json annotators_json(const StudyReport& report) {
    json out = json::array();
    for (const auto& a : report.annotators) {
        out.push_back({{"annotator", a.name},
                       {"answered", a.answered},
                       {"yes", a.yes},
                       {"skipped", a.skipped},
                       {"changed", a.changed},
                       {"controls", a.controls},
                       {"controls_right", a.controls_right},
                       {"median_seconds", a.median_seconds},
                       {"total_seconds", a.total_seconds}});
    }
    return out;
}

json study_json(const StudyInfo& info) {
    return {{"name", info.name},
            {"created", info.created},
            {"question", kStudyQuestion},
            {"model", info.source.model},
            {"run", info.source.run},
            {"epoch", info.source.epoch},
            {"step", info.source.step},
            {"answers_per_clip", info.settings.answers_per_clip},
            {"seed", info.settings.seed},
            {"stratified", info.settings.stratified},
            {"minimum_viewing_ms", info.settings.minimum_viewing_ms}};
}

}  // namespace

std::string report_json(const StudyReport& report) {
    json stability = json::array();
    for (const auto& p : report.stability) {
        stability.push_back({{"annotators", p.annotators}, {"percent", p.percent}, {"clips", p.clips}});
    }
    const json document = {{"study", study_json(report.info)},
                           {"interval_coverage", report.coverage},
                           {"tie_rule", to_string(report.ties)},
                           {"tie_rule_explained", explain(report.ties)},
                           {"clips", report.clips},
                           {"rated_clips", report.rated_clips},
                           {"full_clips", report.full_clips},
                           {"tied_clips", report.tied_clips},
                           {"answers", report.answers},
                           {"skips", report.skips},
                           {"people_accuracy", to_json(report.people)},
                           {"clip_tam_accuracy", to_json(report.clip_tam)},
                           {"agreement_with_clip_tam", to_json(report.agreement)},
                           {"raw_agreement", to_json(report.raw)},
                           {"fleiss_kappa", to_json(report.kappa)},
                           {"krippendorff_alpha", to_json(report.alpha)},
                           {"gwet_ac1", to_json(report.ac1)},
                           {"stability", stability},
                           {"annotators", annotators_json(report)},
                           {"quadrants",
                            {{"people_yes_tam_right", clip_ids(report, true, true)},
                             {"people_yes_tam_wrong", clip_ids(report, true, false)},
                             {"people_no_tam_right", clip_ids(report, false, true)},
                             {"people_no_tam_wrong", clip_ids(report, false, false)}}},
                           {"results", clips_json(report)}};
    return document.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace rest::study
