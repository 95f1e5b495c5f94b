// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_study.h"

#include <QDir>
#include <QFileInfo>
#include <filesystem>

#include "core/base/random.h"
#include "core/study/create_study.h"
#include "core/study/export_study.h"
#include "core/study/rating_session.h"
#include "ui/look/format.h"
#include "ui/study/study_form.h"

namespace rest::ui {

namespace {

constexpr int people = 6;
constexpr int sent_clips = 6;

/// The project's videos are elsewhere, under absolute paths: the database alone is enough to show it.
void copyDatabase(const QString& from, const QString& to) {
    std::filesystem::create_directories(path(to));
    for (const char* name : {"project.sqlite", "project.sqlite-wal"}) {
        const auto source = path(from) / name;
        if (std::filesystem::exists(source)) std::filesystem::copy_file(source, path(to) / name);
    }
}

/// Annotators who usually, but not always, agree with CLIP-TAM.
void answerAll(study::Study& study) {
    for (int person = 0; person < people; ++person) {
        study::RatingSession session(study, "A0" + std::to_string(person + 1));
        Random random(11, static_cast<uint64_t>(person));
        while (const study::RatingItem* item = session.current()) {
            const study::Viewing viewing{1400 + static_cast<int64_t>(random.below(5000)), random.chance(0.1) ? 1 : 0};
            if (random.chance(0.01)) {
                session.skip("The picture is too poor to tell", viewing);
                continue;
            }
            const bool right = study.clip(item->clip).tam_right.value_or(false);
            session.answer(random.chance(right ? 0.86 : 0.3), viewing);
        }
    }
}

}  // namespace

TourStudy makeTourStudy(const QString& project, const QString& folder) {
    TourStudy made;
    made.project = QDir(folder).filePath(QFileInfo(project).fileName());
    copyDatabase(project, made.project);
    study::StudySetup setup;
    const store::Project store = store::Project::open(path(made.project), store::OpenMode::read_only);
    if (const auto runs = evaluatedRuns(store); !runs.empty()) setup.run = runs.front().id;
    setup.name = "made-up answers";
    study::Study answered = study::create_study(store, setup);
    setup.name = "not yet rated";
    made.fresh = text(study::create_study(store, setup).file());
    made.answered = text(answered.file());
    answerAll(answered);
    SilentTask task;
    study::ExportSettings sent;
    sent.out = path(QDir(folder).filePath(QStringLiteral("sent.study")));
    sent.most_clips = sent_clips;
    study::Study fresh = study::Study::open(path(made.fresh));
    made.sent = text(study::export_study(fresh, sent, task).file);
    return made;
}

}  // namespace rest::ui
