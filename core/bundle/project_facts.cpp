// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/project_facts.h"

#include <set>

#include "core/models/model_list.h"
#include "core/store/database.h"
#include "core/store/project.h"
#include "core/store/schema.h"
#include "core/study/study.h"

namespace rest::bundle {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The document that `work()` returns, or the error it throws.
template <class Work>
json told(Work&& work) {
    try {
        return work();
    } catch (const Error& e) {
        return {{"error", e.what()}, {"code", to_string(e.code())}};
    } catch (const std::exception& e) {
        return {{"error", e.what()}};
    }
}

json run_facts(const store::Project& project, const store::RunRecord& run) {
    return {{"run", run.id},
            {"kind", store::to_string(run.kind)},
            {"created", run.created},
            {"status", store::to_string(run.status)},
            {"message", run.message},
            {"epoch", run.epoch},
            {"step", run.step},
            {"loss_points", project.metrics(run.id, "loss").size()},
            // Not every kind of run has settings; text that is not JSON is reported as it is.
            {"settings", json::accept(run.settings_json) ? json::parse(run.settings_json) : json(run.settings_json)}};
}

json video_facts(const std::vector<store::VideoRecord>& videos, std::vector<fs::path>& folders) {
    std::set<fs::path> places;
    int64_t train = 0, labelled = 0, problems = 0;
    for (const auto& video : videos) {
        places.insert(fs::path(video.path).parent_path());
        train += video.split == dataset::Split::train ? 1 : 0;
        labelled += video.label >= 0 ? 1 : 0;
        problems += video.problem.empty() ? 0 : 1;
    }
    folders.assign(places.begin(), places.end());
    return {{"all", videos.size()},
            {"train", train},
            {"labelled", labelled},
            {"with_a_problem", problems},
            {"folders", places.size()}};
}

/// Row counts of the tables that hold captions: the store's own readers would load them all.
json caption_facts(const fs::path& folder) {
    const fs::path file = folder / "project.sqlite";
    store::Database database(file, store::Access::read_only);
    const int64_t version = store::check_schema(database, file);
    const auto quick_check = told([&]() -> json {
        database.quick_check();
        return "ok";
    });
    return {{"quick_check", quick_check},
            {"schema", version},
            {"generated_captions", database.value("SELECT count(*) FROM generated")},
            {"kept_captions", database.value("SELECT count(*) FROM captions")},
            {"texts", database.value("SELECT count(*) FROM texts")}};
}

json study_facts(const fs::path& file, std::vector<std::string>& people) {
    const study::Study study = study::Study::open(file, store::OpenMode::read_only);
    const auto annotators = study.annotators();
    for (const auto& annotator : annotators) people.push_back(annotator.code);
    const auto& settings = study.info().settings;
    return {{"clips", study.clips().size()},
            {"annotators", annotators.size()},
            {"answers", study.answers().size()},
            {"answers_per_clip", settings.answers_per_clip},
            {"stratified", settings.stratified}};
}

json studies(const fs::path& project, std::vector<std::string>& people) {
    json all = json::array();
    for (const auto& file : study::studies_in(project)) all.push_back(told([&] { return study_facts(file, people); }));
    return all;
}

/// A project may name a model instead of its folder; one that is not installed is reported by its name.
fs::path place_of(const std::string& model) {
    try {
        return models::model_folder(model);
    } catch (const Error&) {
        return model;
    }
}

}  // namespace

ProjectFacts project_facts(const fs::path& folder) {
    ProjectFacts facts;
    auto& document = facts.document;
    document = told([&]() -> json {
        const auto project = store::Project::open(folder, store::OpenMode::read_only);
        const auto models = project.models();
        facts.models = {place_of(models.captioner), place_of(models.clip)};
        json runs = json::array();
        for (const auto& run : project.runs()) runs.push_back(run_facts(project, run));
        return {{"kind", project.kind()},
                {"captioner", models.captioner},
                {"clip", models.clip},
                {"classes", project.classes().size()},
                {"videos", video_facts(project.videos(), facts.media)},
                {"runs", runs}};
    });
    document["folder"] = folder.string();
    document["database"] = told([&] { return caption_facts(folder); });
    document["studies"] = told([&] { return studies(folder, facts.people); });
    return facts;
}

std::vector<std::string> people_of(const fs::path& project) {
    std::vector<std::string> people;
    told([&] { return studies(project, people); });
    return people;
}

}  // namespace rest::bundle
