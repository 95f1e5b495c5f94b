// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/model_choice.h"

#include <QVBoxLayout>
#include <utility>

#include "core/engine/inference/check_models.h"
#include "core/models/model_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/folder_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"

namespace rest::ui {

ModelChoice::ModelChoice(ProjectSession& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      captioner_(new FolderField(
          tr("Captioner"), tr("The demo captioner"),
          tr("Name of a model, folder of a BLIP captioner (Hugging Face) or the authors' .pth file. Empty: the demo "
             "model."))),
      clip_(new FolderField(
          tr("CLIP"), tr("The demo CLIP"),
          tr("Name of a model, folder of a CLIP (Hugging Face) or OpenAI's .pt file. Empty: the demo model."))),
      line_(new WrapLabel({}, "muted")) {
    line_->setTextFormat(Qt::PlainText);
    line_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, gap, small_gap);
    layout->setSpacing(gap);
    layout->addWidget(sectionTitle(tr("Models")));
    for (FolderField* field : {captioner_, clip_}) {
        layout->addWidget(field);
        connect(field, &FolderField::chosen, this, &ModelChoice::choose);
        connect(field, &FolderField::moreRequested, this, &ModelChoice::moreRequested);
    }
    layout->addWidget(line_);
    connect(&session_, &ProjectSession::opened, this, [this] {
        line_->hide();
        take();
    });
    connect(&session_, &ProjectSession::modelsChanged, this, [this] {
        take();
        check();
    });
}

void ModelChoice::take() {
    captioner_->setPath(text(session_.models().captioner));
    clip_->setPath(text(session_.models().clip));
}

void ModelChoice::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    offer();
}

void ModelChoice::offer() {
    background_.start(
        this, [] { return models::list_models(models::read_catalogue(), models::default_places()); },
        [this](const std::vector<models::ModelInfo>& found) {
            for (const auto& [field, use] :
                 {std::pair{captioner_, models::ModelUse::captioner}, std::pair{clip_, models::ModelUse::clip}}) {
                QStringList names;
                for (const auto& info : found) {
                    if (info.usable() && info.use == use) names << text(info.name);
                }
                field->setOffers(names, tr("Get models…"));
            }
        },
        [](const Failure&) {});  // a path can still be typed, and the page Models reports the reason
}

void ModelChoice::choose() {
    session_.setModels({captioner_->path().toStdString(), clip_->path().toStdString()});
}

/// Checked when they are chosen, not when hours of work are about to begin.
void ModelChoice::check() {
    background_.forget();
    offer();
    setTone(line_, "muted");
    line_->show();
    line_->setText(tr("Looking whether these models can be used…"));
    background_.start(
        this, [chosen = session_.models()] { return engine::check_models(chosen); },
        [this](const std::vector<std::string>& cautions) {
            QStringList lines;
            for (const auto& caution : cautions) lines << text(caution);
            setTone(line_, cautions.empty() ? "good" : "warning");
            line_->setText(cautions.empty() ? tr("Both models are whole and can be used.") : lines.join(QChar('\n')));
        },
        [this](const Failure& failure) {
            setTone(line_, "bad");
            line_->setText(failure.message + (failure.remedy.isEmpty() ? QString() : QChar('\n') + failure.remedy));
        });
}

QString ModelChoice::message() const {
    return line_->isHidden() ? QString() : line_->text();
}

}  // namespace rest::ui
