// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/import_preview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <array>

#include "ui/controls/basics.h"
#include "ui/look/format.h"

namespace rest::ui {

QString splitSummary(const dataset::DatasetListing& listing) {
    std::array<qint64, 3> counts{};
    for (const dataset::ClipEntry& clip : listing.clips) ++counts[static_cast<size_t>(clip.split)];
    QStringList parts;
    for (int split = 0; split < 3; ++split) {
        const qint64 count = counts[static_cast<size_t>(split)];
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(countText(count),
                                                 text(dataset::to_string(static_cast<dataset::Split>(split))));
    }
    return parts.join(QStringLiteral(", "));
}

namespace {

QString counted(const QString& what, const dataset::Counted& counted) {
    QString line = QStringLiteral("%1: %2").arg(what, countText(counted.count));
    QStringList examples;
    for (const std::string& example : counted.examples) examples << text(example);
    if (counted.count > examples.size()) examples << QStringLiteral("…");
    if (counted.count > 0) line += QStringLiteral(" (%1)").arg(examples.join(QStringLiteral(", ")));
    return line;
}

}  // namespace

QStringList countLines(const dataset::DatasetListing& listing) {
    const dataset::ListCounts& counts = listing.counts;
    QStringList lines;
    if (!listing.lists.empty()) {
        lines << ImportPreview::tr("Listed and found: %1").arg(countText(counts.found.count))
              << counted(ImportPreview::tr("Listed and not found"), counts.missing)
              << counted(ImportPreview::tr("Found and not listed"), counts.unlisted)
              << counted(ImportPreview::tr("Listed twice"), counts.twice);
    } else if (counts.unlisted.count > 0) {
        lines << counted(ImportPreview::tr("Left out"), counts.unlisted);
    }
    if (counts.empty_classes.count > 0)
        lines << counted(ImportPreview::tr("Classes without a clip"), counts.empty_classes);
    return lines;
}

ImportPreview::ImportPreview(QWidget* parent)
    : QFrame(parent),
      where_(mutedLabel()),
      summary_(sectionTitle({})),
      details_(new QLabel),
      layout_choice_(new QComboBox),
      folder_label_(new QLabel(tr("&Folders called train, val or test are"))),
      folder_choice_(new QComboBox),
      problems_(new QPlainTextEdit),
      import_(button(tr("Import"), {}, true)) {
    setProperty("card", true);
    where_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    where_->setWordWrap(true);
    summary_->setWordWrap(true);
    details_->setWordWrap(true);
    details_->setTextFormat(Qt::PlainText);
    problems_->setReadOnly(true);
    problems_->setMaximumHeight(130);
    problems_->setAccessibleName(tr("Problems found"));
    for (const dataset::Layout layout : {dataset::Layout::automatic, dataset::Layout::kinetics, dataset::Layout::ucf101,
                                         dataset::Layout::hmdb51, dataset::Layout::mmaction2, dataset::Layout::flat}) {
        layout_choice_->addItem(text(dataset::to_string(layout)), static_cast<int>(layout));
    }
    layout_choice_->setToolTip(tr("How folders and lists are read. \"auto\" recognises it."));

    folder_choice_->addItem(tr("detected automatically"), static_cast<int>(dataset::FolderNames::automatic));
    folder_choice_->addItem(tr("splits"), static_cast<int>(dataset::FolderNames::splits));
    folder_choice_->addItem(tr("classes"), static_cast<int>(dataset::FolderNames::classes));
    folder_choice_->setObjectName(QStringLiteral("folderChoice"));
    folder_label_->setBuddy(folder_choice_);

    auto* controls = new QHBoxLayout;
    controls->setSpacing(gap);
    auto* label = new QLabel(tr("&Layout"));
    label->setBuddy(layout_choice_);
    auto* leave = button(tr("Cancel"));
    controls->addWidget(label);
    controls->addWidget(layout_choice_);
    controls->addWidget(folder_label_);
    controls->addWidget(folder_choice_);
    controls->addStretch();
    controls->addWidget(leave);
    controls->addWidget(import_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{summary_, where_, details_, problems_})
        layout->addWidget(part);
    layout->addLayout(controls);

    connect(import_, &QPushButton::clicked, this, &ImportPreview::importRequested);
    connect(leave, &QPushButton::clicked, this, [this] {
        scan_.cancel();
        Q_EMIT dismissed();
    });
    connect(layout_choice_, &QComboBox::activated, this, &ImportPreview::scanAgain);
    connect(folder_choice_, &QComboBox::activated, this, &ImportPreview::scanAgain);
    connect(&scan_, &DatasetScan::progress, this, [this](const QString& line) { details_->setText(line); });
    connect(&scan_, &DatasetScan::found, this, [this](const auto& listing) { showListing(*listing); });
    connect(&scan_, &DatasetScan::failed, this, &ImportPreview::showFailure);
}

dataset::ScanSettings ImportPreview::settings() const {
    return {static_cast<dataset::Layout>(layout_choice_->currentData().toInt()),
            static_cast<dataset::FolderNames>(folder_choice_->currentData().toInt())};
}

void ImportPreview::look(const QString& source) {
    source_ = source;
    layout_choice_->setCurrentIndex(0);
    folder_choice_->setCurrentIndex(0);
    folder_label_->hide();
    folder_choice_->hide();
    scanAgain();
}

void ImportPreview::scanAgain() {
    ready_ = false;
    where_->setText(source_);
    setTone(summary_, "");
    summary_->setText(tr("Scanning the folder…"));
    details_->clear();
    problems_->hide();
    import_->setEnabled(false);
    import_->setText(tr("Import"));
    scan_.start(source_, settings());
}

void ImportPreview::showListing(const dataset::DatasetListing& listing) {
    ready_ = true;
    const auto clips = static_cast<qint64>(listing.clips.size());
    summary_->setText(tr("%1 clips in %2 classes, read as %3")
                          .arg(countText(clips), countText(static_cast<qint64>(listing.classes.size())),
                               text(dataset::to_string(listing.layout))));
    QStringList lines;
    lines << tr("Splits: %1").arg(splitSummary(listing));
    QStringList names;
    for (const std::string& name : listing.classes) {
        if (names.size() == 12) {
            names << tr("and %1 more").arg(listing.classes.size() - 12);
            break;
        }
        names << text(name);
    }
    lines << (names.isEmpty() ? tr("No classes: training needs none, but nothing can be measured.")
                              : tr("Classes: %1").arg(names.join(QStringLiteral(", "))));
    lines << countLines(listing);
    for (const std::string& note : listing.notes) lines << text(note);
    if (!listing.folder_question.empty()) {
        lines << text(listing.folder_question) + QChar('.');
        folder_label_->show();
        folder_choice_->show();
    }
    if (listing.other_files > 0) lines << tr("Other files skipped: %1").arg(countText(listing.other_files));
    lines << tr("Frames and durations are read, and damaged clips found, during the import.");
    details_->setText(lines.join(QChar('\n')));

    QStringList problems;
    for (const Problem& problem : listing.problems) {
        if (problems.size() == 500) break;
        problems << text(problem.file) + QStringLiteral(": ") + text(problem.message);
    }
    problems_->setVisible(!problems.isEmpty());
    problems_->setPlainText(tr("Problems: %1").arg(listing.problems.size()) + QChar('\n') + problems.join(QChar('\n')));
    import_->setText(tr("Import %1 clips").arg(countText(clips)));
    import_->setEnabled(clips > 0);
    import_->setFocus();
}

void ImportPreview::showFailure(const QString& message, const QString& remedy) {
    setTone(summary_, "bad");
    summary_->setText(message);
    details_->setText(remedy);
}

}  // namespace rest::ui
