// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_report.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace rest::study {
namespace {

/// Random number streams, one per figure.
enum Stream : uint64_t { kPeople = 101, kTam, kAgreement, kRaw, kKappa, kAlpha, kAc1 };

Share share_of(int64_t part, int64_t whole, Stream stream, const evaluation::BootstrapSettings& settings) {
    return {part, whole, evaluation::percent(part, whole), evaluation::bootstrap_share(part, whole, stream, settings)};
}

Coefficient coefficient(Statistic (*figure)(const AgreementInput&), const std::vector<AnswerCounts>& counts,
                        Stream stream, const evaluation::BootstrapSettings& settings) {
    Coefficient c{.statistic = figure({counts, {}})};
    if (!c.statistic.value) return c;
    c.interval = evaluation::bootstrap_statistic(
        std::ssize(counts),
        [&](std::span<const uint32_t> which) {
            return figure({counts, which}).value;
        },
        stream, settings);
    return c;
}

void count_votes(StudyReport& report, const std::vector<Answer>& current) {
    std::unordered_map<int64_t, size_t> at;
    for (size_t i = 0; i < report.results.size(); ++i) at[report.results[i].clip.id] = i;
    for (const auto& a : current) {
        const auto found = at.find(a.clip);
        if (found == at.end()) continue;
        auto& result = report.results[found->second];
        result.yes += a.choice == Choice::yes;
        result.no += a.choice == Choice::no;
        result.skips += a.choice == Choice::skip;
    }
}

void add_shares(StudyReport& report, const evaluation::BootstrapSettings& settings) {
    int64_t decided = 0, yes = 0, labelled = 0, right = 0, same = 0;
    for (size_t i = 0; i < report.results.size(); ++i) {
        auto& r = report.results[i];
        report.rated_clips += r.yes + r.no > 0;
        report.full_clips += r.yes + r.no >= report.info.settings.answers_per_clip;
        report.tied_clips += r.yes == r.no && r.yes > 0;
        report.answers += r.yes + r.no;
        report.skips += r.skips;
        r.people = verdict(r.yes, r.no, report.ties);
        if (!r.people) continue;
        ++decided;
        yes += *r.people;
        if (!r.clip.tam_right) continue;
        ++labelled;
        right += *r.clip.tam_right;
        same += *r.people == *r.clip.tam_right;
        report.quadrants[*r.people][*r.clip.tam_right].push_back(i);
    }
    report.people = share_of(yes, decided, kPeople, settings);
    report.clip_tam = share_of(right, labelled, kTam, settings);
    report.agreement = share_of(same, labelled, kAgreement, settings);
}

void add_coefficients(StudyReport& report, const evaluation::BootstrapSettings& settings) {
    std::vector<AnswerCounts> counts;
    std::vector<VoteCount> votes;
    for (const auto& r : report.results) {
        if (r.yes + r.no == 0) continue;
        counts.push_back({r.no, r.yes});
        votes.push_back({r.yes, r.no});
    }
    report.raw = coefficient(raw_agreement, counts, kRaw, settings);
    report.kappa = coefficient(fleiss_kappa, counts, kKappa, settings);
    report.alpha = coefficient(krippendorff_alpha, counts, kAlpha, settings);
    report.ac1 = coefficient(gwet_ac1, counts, kAc1, settings);
    report.stability = stability_curve(votes, report.ties);
}

/// How often an annotator's yes, no or skip was withdrawn or replaced.
std::map<std::string, int64_t> changes(const Study& study, const std::vector<Answer>& current) {
    std::map<std::string, int64_t> changed;
    for (const auto& a : study.answers()) {
        if (study.clip(a.clip).role != ClipRole::training) changed[a.annotator] += a.choice != Choice::withdrawn;
    }
    for (const auto& a : current) {
        if (study.clip(a.clip).role != ClipRole::training) changed[a.annotator] -= a.choice != Choice::withdrawn;
    }
    return changed;
}

void add_annotators(StudyReport& report, const Study& study, const std::vector<Answer>& current, bool pseudonyms) {
    const auto changed = changes(study, current);
    for (const auto& [uuid, name] : annotator_names(study, pseudonyms)) {
        AnnotatorResult result{.name = name};
        std::vector<int64_t> times;
        for (const auto& a : current) {
            const auto& clip = study.clip(a.clip);
            if (a.annotator != uuid || clip.role == ClipRole::training || a.choice == Choice::withdrawn) continue;
            const bool answered = a.choice != Choice::skip;
            if (answered) times.push_back(a.milliseconds);
            if (clip.role == ClipRole::control) {
                if (!answered || !clip.known) continue;
                ++result.controls;
                result.controls_right += (a.choice == Choice::yes) == *clip.known;
            } else {
                result.answered += answered;
                result.yes += a.choice == Choice::yes;
                result.skipped += !answered;
            }
        }
        if (const auto n = changed.find(uuid); n != changed.end()) result.changed = n->second;
        std::sort(times.begin(), times.end());
        for (const int64_t t : times) result.total_seconds += static_cast<double>(t) / 1000;
        if (!times.empty()) {
            const size_t n = times.size();
            result.median_seconds = static_cast<double>(times[(n - 1) / 2] + times[n / 2]) / 2000;
        }
        report.annotators.push_back(std::move(result));
    }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> annotator_names(const Study& study, bool pseudonyms) {
    std::vector<std::pair<std::string, std::string>> names;
    for (const auto& a : study.annotators()) names.emplace_back(a.uuid, a.code);
    if (!pseudonyms) return names;
    std::sort(names.begin(), names.end());  // by uuid, which is random
    const size_t digits = std::to_string(names.size()).size();
    for (size_t i = 0; i < names.size(); ++i) {
        std::string number = std::to_string(i + 1);
        number.insert(0, digits - number.size(), '0');
        names[i].second = "annotator " + number;
    }
    return names;
}

std::string explain(TieRule rule) {
    switch (rule) {
        case TieRule::yes:
            return "A caption counts as right when at least half of its answers say yes (mean 0.5 or above).";
        case TieRule::leave_out:
            return "A caption counts as right when more than half of its answers say yes; clips with as many yes as no "
                   "are left out.";
        default:
            return "A caption counts as right when more than half of its answers say yes (mean above 0.5); a tie "
                   "counts "
                   "as no.";
    }
}

StudyReport report_study(const Study& study, const ReportSettings& settings) {
    StudyReport report{.info = study.info(), .ties = settings.ties, .coverage = settings.bootstrap.coverage};
    for (const auto& clip : study.clips()) {
        if (clip.role == ClipRole::rated) report.results.push_back({clip});
    }
    report.clips = std::ssize(report.results);
    const auto current = study.current_answers();
    count_votes(report, current);
    add_shares(report, settings.bootstrap);
    add_coefficients(report, settings.bootstrap);
    add_annotators(report, study, current, settings.pseudonyms);
    return report;
}

}  // namespace rest::study
