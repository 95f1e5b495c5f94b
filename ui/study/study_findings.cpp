// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_findings.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "core/evaluation/tables/paper_tables.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString words(const char* source) {
    return QCoreApplication::translate("StudyFindings", source);
}
QString percentText(double percent) {
    return QLocale().toString(percent, 'f', 2);
}

/// The value in the row of Sec. 4 whose name contains `part`.
QString printed(const evaluation::PaperTable& table, std::string_view part) {
    for (const evaluation::PaperRow& row : table.rows) {
        if (row.cells.size() > 1 && row.cells.front().text.find(part) != std::string::npos)
            return text(row.cells[1].text);
    }
    return {};
}

PaperFigures paperFigures() {
    const auto tables = evaluation::load_paper_tables();
    const evaluation::PaperTable& table = evaluation::paper_table(tables, "sec-4");
    return {printed(table, "Accuracy by the annotators"), printed(table, "Accuracy by CLIP-TAM"),
            printed(table, "Agreement")};
}

}  // namespace

StudyFindings findStudy(const std::filesystem::path& file, const study::ReportSettings& settings) {
    StudyFindings findings{study::report_study(study::Study::open(file, store::OpenMode::read_only), settings), {}};
    try {
        findings.paper = paperFigures();
    } catch (const Error&) {
        // Without our resources there are only the study's own figures.
    }
    return findings;
}

QString shareText(const study::Share& share) {
    return share.whole == 0 ? QStringLiteral("–") : words("%1 %").arg(percentText(share.percent));
}

QString shareInterval(const study::Share& share) {
    if (share.whole == 0) return words("no clips yet");
    return words("%1 to %2 %, %3 clips")
        .arg(percentText(share.interval.low), percentText(share.interval.high), countText(share.whole));
}

QString coefficientText(const study::Coefficient& figure) {
    return figure.statistic.value ? QLocale().toString(*figure.statistic.value, 'f', 3) : QStringLiteral("–");
}

QString coefficientInterval(const study::Coefficient& figure) {
    if (!figure.statistic.value) return words("Undefined: %1").arg(text(figure.statistic.undefined));
    if (!figure.interval) return words("no interval: too few clips");
    return words("%1 to %2")
        .arg(QLocale().toString(figure.interval->low, 'f', 3), QLocale().toString(figure.interval->high, 'f', 3));
}

QString paperText(const QString& printed) {
    return printed.isEmpty() ? QString() : words("paper: %1 %").arg(printed);
}

}  // namespace rest::ui
