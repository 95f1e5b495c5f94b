// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <limits>

#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

constexpr int most_clips = 1000000;

QSpinBox* number(int low, int high, int value, const QString& name) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFixedWidth(110);
    box->setAccessibleName(name);
    return box;
}

QString listHelp(bool feedback) {
    return StudyForm::tr("A CSV file with the header %1; paths are taken from its folder.")
        .arg(feedback ? QStringLiteral("path,caption,answer,feedback") : QStringLiteral("path,caption,answer"));
}

}  // namespace

std::vector<EvaluatedRun> evaluatedRuns(const store::Project& project) {
    std::vector<EvaluatedRun> found, baselines;
    for (const store::RunRecord& run : project.runs()) {
        EvaluatedRun evaluated{run.id, run.name, {}};
        const auto points = project.metrics(run.id, "clip_tam_top1");
        for (const int epoch : project.prediction_epochs(run.id)) {
            const auto point = std::ranges::find(
                points, epoch, [](const store::MetricPoint& p) { return static_cast<int>(p.position); });
            evaluated.epochs.push_back({epoch, point == points.end() ? -1 : point->step});
        }
        if (evaluated.epochs.empty()) continue;
        if (run.kind == store::RunKind::training) {
            found.insert(found.begin(), std::move(evaluated));
        } else {
            baselines.insert(baselines.begin(), std::move(evaluated));
        }
    }
    found.insert(found.end(), baselines.begin(), baselines.end());
    return found;
}

StudyForm::StudyForm(QWidget* parent) : QWidget(parent), cap_(new WrapLabel({}, "muted")) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, gap, 0);
    form->setHorizontalSpacing(gap);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    addSource(form);
    addDraw(form);
    addRating(form);
    connect(run_, &QComboBox::currentIndexChanged, this, &StudyForm::fillEpochs);
    connect(name_, &QLineEdit::textChanged, this, &StudyForm::edited);
    const auto drawn = [this] { Q_EMIT drawEdited(); };
    connect(epoch_, &QComboBox::currentIndexChanged, this, drawn);
    connect(clips_, &QSpinBox::valueChanged, this, drawn);
    connect(seed_, &QSpinBox::valueChanged, this, drawn);
    connect(stratified_, &QCheckBox::toggled, this, drawn);
    connect(clips_, &QSpinBox::valueChanged, this, &StudyForm::showCap);
    connect(answers_, &QSpinBox::valueChanged, this, &StudyForm::showCap);
}

void StudyForm::addSource(QFormLayout* form) {
    name_ = new QLineEdit;
    name_->setMaxLength(100);
    name_->setToolTip(tr("The file's name in the project's folder “studies”"));
    run_ = new QComboBox;
    epoch_ = new QComboBox;
    for (QComboBox* box : {run_, epoch_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);  // long names are truncated
    }
    run_->setAccessibleName(tr("Run"));
    epoch_->setAccessibleName(tr("Evaluation"));
    form->addRow(tr("&Name"), name_);
    form->addRow(tr("&Captions of run"), run_);
    form->addRow(tr("&Evaluated at"), epoch_);
}

void StudyForm::addDraw(QFormLayout* form) {
    const study::StudySetup defaults;
    clips_ = number(1, most_clips, static_cast<int>(defaults.clips), tr("Clips"));
    answers_ = number(1, 1000, defaults.settings.answers_per_clip, tr("People per clip"));
    answers_->setToolTip(
        tr("How many different people rate each clip; 8 to 10 give a steady verdict (Levinboim et al.)"));
    seed_ = number(0, std::numeric_limits<int>::max(), static_cast<int>(defaults.settings.seed), tr("Seed"));
    seed_->setToolTip(tr("Of the draw and of every annotator's order: the same seed gives the same study"));
    stratified_ = new QCheckBox(tr("In proportion to the classes"));
    form->addRow(tr("Cli&ps"), clips_);
    cap_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    form->addRow(QString(), cap_);
    form->addRow(tr("P&eople per clip"), answers_);
    form->addRow(tr("&Seed"), seed_);
    form->addRow(tr("Draw"), stratified_);
}

void StudyForm::addRating(QFormLayout* form) {
    minimum_ = number(0, 600000, 0, tr("Least viewing, in milliseconds"));
    minimum_->setSingleStep(500);
    minimum_->setSuffix(tr(" ms"));
    minimum_->setSpecialValueText(tr("none"));
    minimum_->setToolTip(tr("Yes and No wait so long after a clip's first frame"));
    training_ = new FileField(tr("Training round"), tr("None"), tr("Lists (*.csv)"));
    training_->setToolTip(listHelp(true) + QChar('\n') +
                          tr("Rated first, each answer followed by feedback; never in a figure."));
    controls_ = new FileField(tr("Control clips"), tr("None"), tr("Lists (*.csv)"));
    controls_->setToolTip(listHelp(false) + QChar('\n') +
                          tr("Clips of known answer, mixed among the others: how attentive somebody was."));
    instructions_ = new QPlainTextEdit(text(study::default_instructions()));
    instructions_->setAccessibleName(tr("Instructions"));
    instructions_->setTabChangesFocus(true);
    instructions_->setMinimumHeight(118);
    instructions_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    form->addRow(tr("&Least viewing"), minimum_);
    form->addRow(tr("&Training"), training_);
    form->addRow(tr("C&ontrols"), controls_);
    auto* label = new QLabel(tr("&Instructions: what annotators read first"));
    label->setBuddy(instructions_);
    form->addRow(label);
    form->addRow(instructions_);
}

void StudyForm::setRuns(std::vector<EvaluatedRun> runs) {
    const store::RunId before = setup().run.value_or(0);
    runs_ = std::move(runs);
    const QSignalBlocker quiet(run_);
    run_->clear();
    for (const EvaluatedRun& run : runs_) run_->addItem(QStringLiteral("%1 · %2").arg(run.id).arg(text(run.name)));
    const auto same = std::ranges::find(runs_, before, &EvaluatedRun::id);
    run_->setCurrentIndex(same == runs_.end() ? (runs_.empty() ? -1 : 0) : static_cast<int>(same - runs_.begin()));
    fillEpochs();
}

void StudyForm::fillEpochs() {
    const int row = run_->currentIndex();
    {
        const QSignalBlocker quiet(epoch_);
        epoch_->clear();
        if (row >= 0) {
            for (const auto& e : runs_[static_cast<size_t>(row)].epochs) {
                epoch_->addItem(e.step < 0 ? tr("epoch %1").arg(e.epoch)
                                           : tr("epoch %1 (retrieval step %2)").arg(e.epoch).arg(e.step),
                                e.epoch);
            }
            epoch_->setCurrentIndex(epoch_->count() - 1);
        }
    }
    Q_EMIT drawEdited();
}

void StudyForm::setName(const QString& name) {
    name_->setText(name);
}

void StudyForm::setDrawable(int64_t clips) {
    drawable_ = clips;
    showCap();
}

void StudyForm::showCap() {
    if (drawable_ < 0) return cap_->setText({});
    const int64_t taken = std::min<int64_t>(clips_->value(), drawable_);
    const QString sum = tr("%1 answers in all").arg(countText(taken * answers_->value()));
    cap_->setText(clips_->value() > drawable_ ? tr("all %1: %2").arg(countText(drawable_), sum)
                                              : tr("of %1: %2").arg(countText(drawable_), sum));
}

study::StudySetup StudyForm::setup() const {
    study::StudySetup setup;
    setup.name = name_->text().trimmed().toStdString();
    const int row = run_->currentIndex();
    if (row >= 0 && row < static_cast<int>(runs_.size())) {
        setup.run = runs_[static_cast<size_t>(row)].id;
        if (epoch_->currentIndex() >= 0) setup.epoch = epoch_->currentData().toInt();
    }
    setup.clips = clips_->value();
    setup.settings.answers_per_clip = answers_->value();
    setup.settings.seed = static_cast<uint64_t>(seed_->value());
    setup.settings.stratified = stratified_->isChecked();
    setup.settings.minimum_viewing_ms = minimum_->value();
    setup.settings.instructions = instructions_->toPlainText().trimmed().toStdString();
    return setup;
}

QString StudyForm::trainingFile() const {
    return training_->path();
}
QString StudyForm::controlFile() const {
    return controls_->path();
}

}  // namespace rest::ui
