// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_export.h"

#include "core/base/atomic_file.h"
#include "core/study/report_text.h"

namespace rest::ui {

void saveStudyReport(const std::filesystem::path& study, const study::ReportSettings& settings,
                     const std::filesystem::path& out) {
    const std::string ending = out.extension().string();
    if (ending == ".csv") {
        return write_file_atomically(
            out, study::report_csv(study::Study::open(study, store::OpenMode::read_only), settings.pseudonyms));
    }
    const StudyFindings findings = findStudy(study, settings);
    if (ending == ".json") return write_file_atomically(out, study::report_json(findings.report));
    if (ending == ".tex") return write_file_atomically(out, study::report_latex(findings.report));
    if (ending == ".pdf") {
        const QByteArray pdf = studyReportPdf(findings);
        return write_file_atomically(out, std::string_view(pdf.constData(), static_cast<size_t>(pdf.size())));
    }
    throw Error(ErrorCode::invalid_argument, "A report cannot be written as " + out.filename().string(),
                "Use the ending .csv, .json, .tex or .pdf.");
}

}  // namespace rest::ui
