// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/study/study_report.h"

namespace rest::ui {

/// The paper's figures for its own study (Sec. 4), as printed; empty if our resources lack them.
struct PaperFigures {
    QString people, clip_tam, agreement;
};

/// A report with all that is shown beside it on the page.
struct StudyFindings {
    study::StudyReport report;
    PaperFigures paper;
};

/// Opens the study for reading. Throws as Study::open().
StudyFindings findStudy(const std::filesystem::path& file, const study::ReportSettings& settings);

QString shareText(const study::Share& share);               // "73.80 %", a dash without clips
QString shareInterval(const study::Share& share);           // "71.05 to 76.50 %, 1,000 clips"
QString coefficientText(const study::Coefficient& figure);  // "0.612", a dash if undefined
QString coefficientInterval(const study::Coefficient& figure);
/// A figure of the paper: "paper: 73.80 %"; empty if absent.
QString paperText(const QString& printed);

}  // namespace rest::ui
