// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/study/report_text.h"

namespace rest::study {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '\\':
                out += "\\textbackslash{}";
                break;
            case '~':
                out += "\\textasciitilde{}";
                break;
            case '^':
                out += "\\textasciicircum{}";
                break;
            case '&':
            case '%':
            case '$':
            case '#':
            case '_':
            case '{':
            case '}':
                out += '\\';
                out += c;
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string line(const char* name, const Share& share) {
    if (share.whole == 0) return fmt::format("{} & --- & --- & 0 \\\\\n", name);
    return fmt::format("{} & {:.2f}\\,\\% & [{:.2f}, {:.2f}] & {} \\\\\n", name, share.percent, share.interval.low,
                       share.interval.high, share.whole);
}

std::string line(const char* name, const Coefficient& c, int64_t clips) {
    if (!c.statistic.value) return fmt::format("{} & undefined & --- & {} \\\\\n", name, clips);
    const auto interval = c.interval ? fmt::format("[{:.3f}, {:.3f}]", c.interval->low, c.interval->high) : "---";
    return fmt::format("{} & {:.3f} & {} & {} \\\\\n", name, *c.statistic.value, interval, clips);
}

}  // namespace

std::string report_latex(const StudyReport& report) {
    const auto& info = report.info;
    const auto people = std::count_if(report.annotators.begin(), report.annotators.end(),
                                      [](const AnnotatorResult& a) { return a.answered > 0; });
    std::string table = "\\begin{table}\n\\centering\n\\begin{tabular}{lrrr}\n\\toprule\n";
    table += fmt::format(" & value & {:g}\\,\\% interval & clips \\\\\n\\midrule\n", 100 * report.coverage);
    table += line("Accuracy by people", report.people);
    table += line("Accuracy by CLIP-TAM", report.clip_tam);
    table += line("Agreement of people and CLIP-TAM", report.agreement);
    table += "\\midrule\n";
    table += line("Raw agreement", report.raw, report.rated_clips);
    table += line("Fleiss' $\\kappa$", report.kappa, report.rated_clips);
    table += line("Krippendorff's $\\alpha$", report.alpha, report.rated_clips);
    table += line("Gwet's AC$_1$", report.ac1, report.rated_clips);
    table += "\\bottomrule\n\\end{tabular}\n";
    table += fmt::format("\\caption{{User study {}: {} clips, {} answers of {} people, captions of {}. {}}}\n",
                         escaped(info.name), report.rated_clips, report.answers, people, escaped(info.source.model),
                         escaped(explain(report.ties)));
    return table + "\\end{table}\n";
}

}  // namespace rest::study
