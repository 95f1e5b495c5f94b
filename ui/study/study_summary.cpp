// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_summary.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <set>

#include "ui/look/format.h"

namespace rest::ui {

namespace {

void countAnswers(StudySummary& summary, const study::Study& study) {
    std::map<int64_t, int64_t> per_clip;
    std::set<std::string> people;
    for (const study::Answer& answer : study.current_answers()) {
        if (answer.choice != study::Choice::yes && answer.choice != study::Choice::no) continue;
        if (study.clip(answer.clip).role != study::ClipRole::rated) continue;
        ++per_clip[answer.clip];
        people.insert(answer.annotator);
    }
    // Answers beyond k for one clip do not compensate for missing ones of another.
    for (const auto& [clip, count] : per_clip)
        summary.answers += std::min<int64_t>(count, study.info().settings.answers_per_clip);
    summary.people = std::ssize(people);
}

}  // namespace

QString StudySummary::name() const {
    return text(file.stem());
}

QString StudySummary::progressText() const {
    if (!problem.isEmpty()) return problem;
    const auto words = [](const char* source) { return QCoreApplication::translate("StudySummary", source); };
    const QString who = people == 1 ? words("1 person") : words("%1 people").arg(countText(people));
    return words("%1 of %2 answers · %3").arg(countText(answers), countText(wanted()), who);
}

std::vector<StudySummary> summariseStudies(const store::Project& project) {
    std::vector<StudySummary> found;
    for (const auto& file : study::studies_in(project.folder())) {
        StudySummary summary{.file = file};
        try {
            const study::Study study = study::Study::open(file, store::OpenMode::read_only);
            summary.info = study.info();
            summary.clips = std::ranges::count(study.clips(), study::ClipRole::rated, &study::StudyClip::role);
            countAnswers(summary, study);
        } catch (const Error& error) {
            summary.problem = text(error.full_text());
        }
        found.push_back(std::move(summary));
    }
    return found;
}

}  // namespace rest::ui
