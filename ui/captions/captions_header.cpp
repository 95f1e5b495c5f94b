// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/captions_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/look/icons.h"

namespace rest::ui {

namespace {
QToolButton* worded(const QString& icon_name, const QString& words, const QString& tip) {
    QToolButton* made = toolButton(icon_name, tip);
    made->setText(words);
    made->setAccessibleName(words);
    made->setAccessibleDescription(tip);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return made;
}
}  // namespace

CaptionsHeader::CaptionsHeader(QWidget* parent)
    : QWidget(parent),
      back_(toolButton(QStringLiteral("back"), tr("Back to where you came from (Alt+Left)"))),
      name_(sectionTitle({})),
      about_(mutedLabel()),
      truth_(worded(QStringLiteral("check"), tr("Ground truth"),
                    tr("Show or hide the classes of the videos (G). They are never trained on."))),
      side_(toolButton(QStringLiteral("grid"), tr("Put the steps side by side"))),
      figure_(worded(QStringLiteral("export"), tr("Figure…"),
                     tr("Frames and captions of the selected videos as SVG, PDF or PNG; select several with Ctrl or "
                        "Shift"))) {
    for (QLabel* label : {name_, about_}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QToolButton* toggle : {truth_, side_}) toggle->setCheckable(true);
    connect(back_, &QToolButton::clicked, this, &CaptionsHeader::backRequested);
    connect(figure_, &QToolButton::clicked, this, &CaptionsHeader::figureRequested);
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(name_);
    names->addWidget(about_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(back_);
    layout->addLayout(names, 1);
    for (QToolButton* one : {truth_, side_, figure_}) layout->addWidget(one);
    setBackEnabled(false);
}

void CaptionsHeader::setTexts(const QString& name, const QString& about, const QString& name_tip,
                              const QString& about_tip) {
    shown_name_ = name;
    shown_about_ = about;
    name_->setToolTip(name_tip);
    name_->setAccessibleName(name);
    about_->setToolTip(about_tip.isEmpty() ? about : about_tip);
    about_->setAccessibleName(about);
    elide();
}

void CaptionsHeader::elide() {
    name_->setText(name_->fontMetrics().elidedText(shown_name_, Qt::ElideMiddle, name_->width()));
    about_->setText(about_->fontMetrics().elidedText(shown_about_, Qt::ElideRight, about_->width()));
}

void CaptionsHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate();
    elide();
}

void CaptionsHeader::setBackEnabled(bool on) {
    back_->setEnabled(on);
}

void CaptionsHeader::setFigureEnabled(bool on) {
    figure_->setEnabled(on);
}

}  // namespace rest::ui
