// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_setup_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_grid.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"
#include "ui/study/study_clip_delegate.h"
#include "ui/study/study_clip_model.h"
#include "ui/study/study_form.h"

namespace rest::ui {

namespace {
const QSize setup_thumbnail(150, 100);
constexpr int previewed = 24;
constexpr int draw_after_ms = 250;  // one draw after a number is typed
constexpr int form_width = 400;
}  // namespace

struct StudySetupPanel::Drawn {
    std::vector<study::ClipResult> clips;  // the first of the drawn clips
    int64_t taken = 0;
    int64_t drawable = 0;
    QString problem;
};

StudySetupPanel::StudySetupPanel(ProjectSession& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      form_(new StudyForm),
      thumbnails_(new ThumbnailLoader(setup_thumbnail, this)),
      clips_(new StudyClipModel(*thumbnails_, this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(page_margin);
    layout->addWidget(makeLeft());
    layout->addWidget(makePreview(), 1);
    draw_timer_.setSingleShot(true);
    draw_timer_.setInterval(draw_after_ms);
    connect(&draw_timer_, &QTimer::timeout, this, &StudySetupPanel::draw);
    connect(form_, &StudyForm::drawEdited, this, [this] { draw_timer_.start(); });
    connect(form_, &StudyForm::edited, this, &StudySetupPanel::update);
}

QWidget* StudySetupPanel::makeLeft() {
    error_ = new WrapLabel({}, "bad");
    create_ = button(tr("Create study"), QStringLiteral("add"), true);
    auto* back = button(tr("Cancel"));
    connect(create_, &QPushButton::clicked, this, &StudySetupPanel::create);
    connect(back, &QPushButton::clicked, this, &StudySetupPanel::dismissed);
    form_->setObjectName(QStringLiteral("clear"));
    auto* scroll = scrolled(form_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->setContentsMargins(0, 0, gap, 0);  // aligned with the fields
    buttons->addWidget(back);
    buttons->addWidget(create_, 1);
    auto* left = new QWidget;
    left->setFixedWidth(form_width);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("New study")));
    layout->addWidget(scroll, 1);
    layout->addWidget(error_);
    layout->addLayout(buttons);
    return left;
}

QWidget* StudySetupPanel::makePreview() {
    auto* delegate = new StudyClipDelegate(setup_thumbnail, false, this);
    preview_title_ = mutedLabel();
    preview_title_->setWordWrap(true);
    grid_ = new VideoGrid(delegate->cellSize());
    grid_->setObjectName(QStringLiteral("preview"));
    grid_->setItemDelegate(delegate);
    grid_->setModel(clips_);
    grid_->setAccessibleName(tr("Some of the clips drawn, with the caption that people will judge"));
    auto* right = new QWidget;
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(sectionTitle(tr("What will be rated")));
    layout->addWidget(preview_title_);
    layout->addWidget(grid_, 1);
    return right;
}

void StudySetupPanel::begin(const QString& name, std::vector<EvaluatedRun> runs) {
    thumbnails_->clear();
    clips_->setClips({}, false);
    error_->setText({});
    creating_ = false;
    form_->setName(name);
    form_->setRuns(std::move(runs));
    draw_timer_.stop();
    draw();
}

void StudySetupPanel::draw() {
    draw_timer_.stop();
    if (!form_->hasRuns()) return;
    drawing_ = true;
    session_.read(
        this,
        [setup = form_->setup()](const store::Project& project) {
            Drawn drawn;
            try {
                auto clips = study::draw_study(project, setup, &drawn.drawable);
                drawn.taken = std::ssize(clips);
                if (clips.size() > previewed) clips.resize(previewed);
                for (study::StudyClip& clip : clips) drawn.clips.push_back({.clip = std::move(clip)});
            } catch (const Error& error) {
                drawn.problem = text(error.full_text());
            }
            return drawn;
        },
        [this, ticket = ++draws_](const Drawn& drawn) {
            if (ticket == draws_) showDrawn(drawn);
        },
        [this] { drawing_ = false; });
}

void StudySetupPanel::showDrawn(const Drawn& drawn) {
    drawing_ = false;
    drawable_ = drawn.taken > 0;
    // After another draw the same clip number is another video.
    thumbnails_->clear();
    clips_->setClips(drawn.clips, false);
    form_->setDrawable(drawn.drawable);
    preview_title_->setText(!drawn.problem.isEmpty() ? drawn.problem
                            : drawn.taken <= previewed
                                ? tr("All %1 clips, with the caption that people will judge. They are kept as they are "
                                     "now: later runs change nothing.")
                                      .arg(countText(drawn.taken))
                                : tr("The first %1 of %2 clips, with the caption that people will judge. They are kept "
                                     "as they are now: later runs change nothing.")
                                      .arg(previewed)
                                      .arg(countText(drawn.taken)));
    update();
}

void StudySetupPanel::update() {
    create_->setEnabled(drawable_ && !creating_ && !form_->setup().name.empty());
}

void StudySetupPanel::create() {
    if (creating_) return;
    creating_ = true;
    error_->setText({});
    update();
    struct Made {
        QString file, problem;
    };
    session_.read(
        this,
        [setup = form_->setup(), training = form_->trainingFile(),
         controls = form_->controlFile()](const store::Project& project) {
            Made made;
            try {
                study::StudySetup whole = setup;
                if (!training.isEmpty()) whole.training = study::read_known_clips(path(training));
                if (!controls.isEmpty()) whole.controls = study::read_known_clips(path(controls));
                made.file = text(study::create_study(project, whole).file());
            } catch (const Error& error) {
                made.problem = text(error.full_text());
            }
            return made;
        },
        [this](const Made& made) {
            creating_ = false;
            update();
            error_->setText(made.problem);
            if (made.problem.isEmpty()) Q_EMIT created(made.file);
        },
        [this] {
            creating_ = false;
            update();
        });
}

bool StudySetupPanel::idle() const {
    return !drawing_ && !creating_ && !draw_timer_.isActive() && thumbnails_->idle();
}

}  // namespace rest::ui
