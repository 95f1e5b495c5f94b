// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/evaluation_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {

gallery::EvaluationRef refOf(const engine::StoredEvaluation& one) {
    return {one.run, one.epoch, one.step};
}

bool isSame(const gallery::EvaluationRef& a, const gallery::EvaluationRef& b) {
    return a.run == b.run && a.epoch == b.epoch;
}

/// The distinguishing part comes first: the field may be too narrow for the rest.
QString nameOf(const engine::StoredEvaluation& one) {
    const QString number = one.kind == store::RunKind::training
                               ? EvaluationBar::tr("Run %1, epoch %2").arg(one.run).arg(one.epoch)
                               : EvaluationBar::tr("Run %1").arg(one.run);
    const QString figure =
        one.top1 ? QStringLiteral(" · ") + EvaluationBar::tr("%1 %").arg(decimalText(*one.top1, 1)) : QString();
    return number + figure + QStringLiteral(" · ") + text(one.name);
}

}  // namespace

EvaluationBar::EvaluationBar(ProjectSession& session, EngineClient& engine, QWidget* parent)
    : QWidget(parent), session_(session), current_(new QComboBox), other_(new QComboBox) {
    for (QComboBox* choice : {current_, other_}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(14);
        choice->setFocusPolicy(Qt::TabFocus);
    }
    current_->setPlaceholderText(tr("No evaluation yet"));
    current_->setAccessibleName(tr("Evaluation"));
    current_->setToolTip(tr("The run and epoch whose captions are shown"));
    other_->setAccessibleName(tr("Compared with"));
    other_->setToolTip(tr("The evaluation before: then clips tell what became of them since"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(current_, 1);
    layout->addWidget(mutedLabel(tr("compared with")));
    layout->addWidget(other_, 1);
    for (QComboBox* choice : {current_, other_}) connect(choice, &QComboBox::activated, this, &EvaluationBar::chosen);
    const auto forget = [this] {
        reading_ = read_again_ = false;
        take({});
    };
    connect(&session_, &ProjectSession::closed, this, forget);
    connect(&session_, &ProjectSession::opened, this, &EvaluationBar::reload);
    connect(&engine, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (session_.holds(run)) reload();
    });
    connect(&engine, &EngineClient::metricsAdded, this, [this](const store::RunRef& run, const auto& points) {
        if (session_.holds(run) && std::ranges::any_of(points, store::is_epoch_metric, &store::MetricPoint::name))
            reload();
    });
    fill();
}

void EvaluationBar::reload() {
    if (reading_) {
        read_again_ = true;
        return;
    }
    reading_ = true;
    session_.read(
        this, [](const store::Project& project) { return engine::stored_evaluations(project); },
        [this](std::vector<engine::StoredEvaluation> found) {
            reading_ = false;
            take(std::move(found));
            if (std::exchange(read_again_, false)) reload();
        },
        [this] { reading_ = read_again_ = false; });
}

void EvaluationBar::take(std::vector<engine::StoredEvaluation> found) {
    if (found == all_ && !all_.empty()) return;
    const gallery::EvaluationRef current = this->current(), other = this->other();
    all_ = std::move(found);
    fill();
    choose(current, other);
    Q_EMIT listChanged();
}

/// Nothing is compared at first; of evaluations the newest trained one is shown, else the newest.
void EvaluationBar::fill() {
    current_->clear();
    other_->clear();
    other_->addItem(tr("nothing"));
    for (const engine::StoredEvaluation& one : all_) {
        current_->addItem(nameOf(one));
        other_->addItem(nameOf(one));
    }
    const auto trained = std::ranges::find(all_, store::RunKind::training, &engine::StoredEvaluation::kind);
    if (!all_.empty()) current_->setCurrentIndex(trained == all_.end() ? 0 : static_cast<int>(trained - all_.begin()));
    for (QComboBox* choice : {current_, other_}) choice->setEnabled(!all_.empty());
}

gallery::EvaluationRef EvaluationBar::current() const {
    const int row = current_->currentIndex();
    return row >= 0 && row < std::ssize(all_) ? refOf(all_[static_cast<size_t>(row)]) : gallery::EvaluationRef();
}

gallery::EvaluationRef EvaluationBar::other() const {
    const int row = other_->currentIndex() - 1;
    if (row < 0 || row >= std::ssize(all_)) return {};
    const auto chosen = refOf(all_[static_cast<size_t>(row)]);
    return isSame(chosen, current()) ? gallery::EvaluationRef() : chosen;
}

const engine::StoredEvaluation* EvaluationBar::find(const gallery::EvaluationRef& wanted) const {
    const auto found = std::ranges::find_if(all_, [&](const auto& one) { return isSame(refOf(one), wanted); });
    return found == all_.end() ? nullptr : &*found;
}

void EvaluationBar::choose(const gallery::EvaluationRef& current, const gallery::EvaluationRef& other) {
    if (const auto* found = find(current)) current_->setCurrentIndex(static_cast<int>(found - all_.data()));
    if (const auto* found = find(other)) other_->setCurrentIndex(static_cast<int>(found - all_.data()) + 1);
}

QString EvaluationBar::title() const {
    const auto* one = find(current());
    if (!one) return {};
    return one->kind == store::RunKind::training ? tr("run %1, epoch %2").arg(one->run).arg(one->epoch)
                                                 : tr("run %1").arg(one->run);
}

}  // namespace rest::ui
