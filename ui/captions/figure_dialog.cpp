// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/figure_dialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

FigureDialog::FigureDialog(FigureRequest request, bool truth, QWidget* parent)
    : QDialog(parent),
      request_(std::move(request)),
      kind_(new QComboBox),
      truth_(new QCheckBox(tr("Tell the ground truth"))),
      row_(new QComboBox),
      cause_(new QLineEdit),
      preview_(new QLabel),
      message_(new WrapLabel) {
    setWindowTitle(tr("Figure"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 640);
    const size_t asked = request_.videos.size();
    if (asked > most_videos) request_.videos.resize(most_videos);
    truth_->setChecked(truth);
    preview_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    preview_->setAccessibleName(tr("Figure"));
    auto* scroll = new QScrollArea;
    scroll->setWidget(preview_);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    layout->addWidget(makeChoices());
    layout->addWidget(scroll, 1);
    layout->addWidget(message_);
    layout->addWidget(makeButtons());
    if (asked > most_videos)
        message_->setText(tr("The first %1 of %2 selected videos").arg(most_videos).arg(countText(qint64(asked))));
    read();
}

QWidget* FigureDialog::makeChoices() {
    kind_->addItem(tr("Evolution: best caption of each step"));
    kind_->addItem(tr("Prediction: what the model says"));
    kind_->setAccessibleName(tr("Kind of figure"));
    kind_->setCurrentIndex(static_cast<int>(request_.kind));
    row_->setAccessibleName(tr("Video that the cause is of"));
    cause_->setPlaceholderText(tr("Cause of the failure, if it is one"));
    cause_->setAccessibleName(tr("Cause of the failure"));
    cause_->setToolTip(tr("Stands below the video's captions, as in the paper's Figure 3"));
    connect(kind_, &QComboBox::currentIndexChanged, this, [this](int kind) {
        request_.kind = static_cast<FigureKind>(kind);
        read();
    });
    connect(truth_, &QCheckBox::toggled, this, &FigureDialog::drawPreview);
    connect(row_, &QComboBox::currentIndexChanged, this,
            [this] { cause_->setText(causes_.value(row_->currentData().toLongLong())); });
    connect(cause_, &QLineEdit::textEdited, this, [this](const QString& words) {
        causes_.insert(row_->currentData().toLongLong(), words);
        drawPreview();
    });
    auto* box = new QWidget;
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(1, 1);
    layout->addWidget(kind_, 0, 0);
    layout->addWidget(truth_, 0, 1);
    layout->addWidget(row_, 1, 0);
    layout->addWidget(cause_, 1, 1);
    return box;
}

QWidget* FigureDialog::makeButtons() {
    auto* box = new QWidget;
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* copy = button(tr("&Copy"));
    copy->setToolTip(tr("Copy the figure as a picture"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setImage(rendered(figurePicture(figure_))); });
    savers_ << copy;
    layout->addWidget(copy);
    for (const char* ending : {"svg", "pdf", "png"}) {
        const QString name = QString::fromLatin1(ending);
        auto* saver = button(tr("Save as %1…").arg(name.toUpper()), QStringLiteral("export"));
        connect(saver, &QPushButton::clicked, this, [this, name] { ask(name); });
        savers_ << saver;
        layout->addWidget(saver);
    }
    layout->addStretch();
    auto* close = button(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    layout->addWidget(close);
    return box;
}

void FigureDialog::read() {
    for (QPushButton* saver : savers_) saver->setEnabled(false);
    reading_.start(
        this, [request = request_](Task& task) { return readFigure(request, task); },
        [this](Figure figure) { take(std::move(figure)); },
        [this](const Failure& failure) {
            if (!failure.cancelled) message_->setText(failure.message + QChar('\n') + failure.remedy);
        });
}

void FigureDialog::take(Figure figure) {
    figure_ = std::move(figure);
    const QVariant before = row_->currentData();
    row_->clear();
    for (const FigureRow& row : figure_.rows) row_->addItem(row.name, QVariant::fromValue<qint64>(row.video));
    if (const int at = row_->findData(before); at >= 0) row_->setCurrentIndex(at);
    row_->setVisible(row_->count() > 1);
    for (QPushButton* saver : savers_) saver->setEnabled(!figure_.rows.empty());
    drawPreview();
}

void FigureDialog::drawPreview() {
    figure_.truth_shown = truth_->isChecked();
    for (FigureRow& row : figure_.rows) row.cause = causes_.value(row.video).trimmed();
    if (figure_.rows.empty()) return;
    QImage image = rendered(figurePicture(figure_));
    image.setDevicePixelRatio(1);
    const int width = std::max(300, this->width() - 60);
    image = image.scaledToWidth(static_cast<int>(width * devicePixelRatioF()), Qt::SmoothTransformation);
    image.setDevicePixelRatio(devicePixelRatioF());
    preview_->setPixmap(QPixmap::fromImage(image));
    preview_->setAccessibleDescription(figure_.caption);
}

void FigureDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    drawPreview();
}

void FigureDialog::ask(const QString& ending) {
    auto* dialog =
        new QFileDialog(this, tr("Save the figure"), {}, QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setDirectory(folderToSaveIn());
    dialog->selectFile(figureFileName(request_, figure_) + QChar('.') + ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FigureDialog::save);
    dialog->open();
}

bool FigureDialog::save(const QString& file) {
    const bool done = savePicture(figurePicture(figure_), file);
    message_->setText(done ? tr("Saved as %1").arg(file)
                           : tr("%1 could not be written. Choose a folder that you may write to.").arg(file));
    setTone(message_, done ? "good" : "bad");
    return done;
}

}  // namespace rest::ui
