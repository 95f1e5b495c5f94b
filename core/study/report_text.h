// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/study/study_report.h"

namespace rest::study {

/// Every entry of the log as CSV (long format), UTF-8 with a byte order mark for spreadsheets. Columns: study, clip,
/// video, role, caption, class, clip_tam, annotator, sequence, answer, reason, milliseconds, replays, time, current
/// (yes for an annotator's valid answer to a clip, no for its history).
std::string report_csv(const Study& study, bool pseudonyms);
/// The report as one JSON document; shares in percent, undefined figures null with the reason beside them.
std::string report_json(const StudyReport& report);
/// A LaTeX table (booktabs) comparing people with CLIP-TAM, and of the agreement figures.
std::string report_latex(const StudyReport& report);

}  // namespace rest::study
