// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/export_button.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QSaveFile>

#include "core/base/spreadsheet.h"
#include "ui/controls/file_field.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/reports/report_panel.h"

namespace rest::ui {

namespace {

/// Tab-separated columns: what spreadsheets and text fields accept.
QString tabbed(const evaluation::ResultTable& table) {
    const auto clean = [](const std::string& words) { return text(tsv_text(text(words).simplified().toStdString())); };
    QStringList lines;
    QStringList cells;
    for (const evaluation::TableColumn& column : table.columns)
        cells << clean(column.group.empty() ? column.name : column.group + " " + column.name);
    lines << cells.join(QChar('\t'));
    for (const evaluation::TableRow& row : table.rows) {
        cells.clear();
        for (const evaluation::TableCell& cell : row.cells) {
            const std::string shown = evaluation::shown(cell);
            // Numbers are formatted by the program, as is the dash for a missing value: no cleaning.
            cells << (shown == cell.text && shown != "-" ? clean(shown) : text(shown));
        }
        lines << cells.join(QChar('\t'));
    }
    return lines.join(QChar('\n')) + QChar('\n');
}

bool write(const QString& file, const std::string& words) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) return false;
    out.write(words.data(), static_cast<qint64>(words.size()));
    return out.commit();
}

}  // namespace

ExportButton::ExportButton(QWidget* parent) : QPushButton(tr("Export"), parent) {
    setIcon(ui::icon(QStringLiteral("export")));
    setToolTip(tr("Save or copy what this tab shows"));
    auto* menu = new QMenu(this);
    table_actions_ << menu->addAction(tr("Copy the &table"), this, &ExportButton::copyTable)
                   << menu->addAction(tr("Table as &CSV…"), this, [this] { ask(QStringLiteral("csv"), tr("CSV")); })
                   << menu->addAction(tr("Table as &JSON…"), this, [this] { ask(QStringLiteral("json"), tr("JSON")); })
                   << menu->addAction(tr("Table as &LaTeX…"), this,
                                      [this] { ask(QStringLiteral("tex"), tr("LaTeX")); });
    menu->addSeparator();
    picture_actions_ << menu->addAction(tr("Copy the c&hart"), this, &ExportButton::copyPicture)
                     << menu->addAction(tr("Chart as &PNG…"), this, [this] { ask(QStringLiteral("png"), tr("PNG")); })
                     << menu->addAction(tr("Chart as &SVG…"), this, [this] { ask(QStringLiteral("svg"), tr("SVG")); })
                     << menu->addAction(tr("Chart as P&DF…"), this, [this] { ask(QStringLiteral("pdf"), tr("PDF")); });
    connect(menu, &QMenu::aboutToShow, this, &ExportButton::updateActions);
    setMenu(menu);
}

void ExportButton::setPanel(ReportPanel* panel, const QString& name) {
    panel_ = panel;
    name_ = name;
}

void ExportButton::updateActions() {
    const bool table = panel_ && !panel_->table().rows.empty();
    const bool picture = panel_ && panel_->picture().has_value();
    for (QAction* action : table_actions_) action->setEnabled(table);
    for (QAction* action : picture_actions_) action->setEnabled(picture);
}

void ExportButton::copyTable() {
    if (panel_) QApplication::clipboard()->setText(tabbed(panel_->table()));
}

void ExportButton::copyPicture() {
    const auto picture = panel_ ? panel_->picture() : std::nullopt;
    if (picture) QApplication::clipboard()->setImage(rendered(*picture));
}

void ExportButton::ask(const QString& ending, const QString& kind) {
    auto* dialog =
        new QFileDialog(window(), tr("Export as %1").arg(kind), {}, QStringLiteral("%1 (*.%2)").arg(kind, ending));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setDirectory(folderToSaveIn());
    dialog->selectFile(name_ + QChar('.') + ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportButton::save);
    dialog->open();
}

bool ExportButton::save(const QString& file) {
    if (!panel_) return false;
    const auto ends = [&](const char* ending) { return file.endsWith(QLatin1String(ending), Qt::CaseInsensitive); };
    bool done = false;
    if (ends(".png") || ends(".svg") || ends(".pdf")) {
        const auto picture = panel_->picture();
        done = picture && savePicture(*picture, file);
    } else {
        const evaluation::ResultTable table = panel_->table();
        done = write(file, ends(".json")  ? evaluation::to_json(table)
                           : ends(".tex") ? evaluation::to_latex(table)
                                          : evaluation::to_csv(table));
    }
    if (done) {
        Q_EMIT saved(file);
    } else {
        Q_EMIT failed(tr("%1 could not be written").arg(file));
    }
    return done;
}

}  // namespace rest::ui
