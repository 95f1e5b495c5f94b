// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <filesystem>

#include "ui/study/study_findings.h"

namespace rest::ui {

/// Writes a study's report in the format of the file's extension: .csv (one answer per row), .json, .tex or .pdf (one
/// page, more with many annotators). Throws Error.
void saveStudyReport(const std::filesystem::path& study, const study::ReportSettings& settings,
                     const std::filesystem::path& out);

/// The report on A4, with the paper's figures beside ours.
QByteArray studyReportPdf(const StudyFindings& findings);

}  // namespace rest::ui
