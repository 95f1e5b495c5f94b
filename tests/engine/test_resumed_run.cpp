// SPDX-License-Identifier: GPL-3.0-or-later
// What a run keeps from its start to its end, and what it reports if something has changed.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include <fstream>

#include "core/base/file_checksum.h"
#include "core/base/paths.h"
#include "core/engine/run/clip_changes.h"
#include "core/engine/run/train_job.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kClips = 8;

/// A run of three epochs with a retrieval after the second, two batches per epoch.
TrainSettings small_settings() {
    auto s = preset("demo");
    s.optimisation.epochs = 3;
    s.retrieval.epochs_per_retrieval = 2;
    s.retrieval.retrievals = 2;
    s.retrieval.neighbours = 3;
    s.optimisation.batch_size = 4;
    s.machine.threads = 1;
    s.machine.device = "cpu";
    s.clips.augment = true;
    return s;
}

/// The result of a job.
struct End {
    std::optional<Error> error;
    std::optional<TrainResult> result;
    std::vector<std::string> logs;

    bool says(const std::string& words) const {
        return std::ranges::any_of(logs, [&](const auto& line) { return line.find(words) != std::string::npos; });
    }
};

/// A world with eight train clips and two val clips, and runs in it.
struct Place {
    ClipWorld world;

    Place() {
        for (int i = 0; i < kClips; ++i) world.add_clip(train(i), ClipWorld::kFrames + i);
        for (const char* name : {"val/rowing/v0.mp4", "val/tai_chi/v1.mp4"}) world.add_clip(name);
        world.import();
    }

    static std::string train(int i) {
        return std::string("train/") + (i % 2 == 0 ? "rowing" : "tai_chi") + "/-c" + std::to_string(i) + ".mp4";
    }

    store::Project project() const { return store::Project::open(world.project(), store::OpenMode::read_only); }

    End go(const TrainParams& params, int64_t cancel_at_batch = -1) const {
        End end;
        TaskControl control;
        Recorder recorder;
        const auto record = recorder.listener();
        const Listener listener = [&](const Event& event) {
            record(event);
            const auto* metric = std::get_if<MetricAdded>(&event);
            if (metric != nullptr && metric->point.name == "loss" && metric->point.position == cancel_at_batch)
                control.cancel();
        };
        try {
            run_here(*make_train_job(params, [&](const TrainResult& result) { end.result = result; }), listener,
                     control);
        } catch (const Cancelled&) {
        } catch (const Error& e) {
            end.error = e;
        }
        end.logs = recorder.logs(1);
        return end;
    }

    /// A run that was stopped in its second epoch.
    store::RunId stopped(const TrainSettings& settings = small_settings()) const {
        go({.project = world.project(), .settings = settings}, 2);
        const auto run = project().runs().back();
        if (run.status != store::RunStatus::cancelled) qFatal("the run was not stopped");
        return run.id;
    }

    End resume(store::RunId run, ChangedClips changed = ChangedClips::leave_out_few,
               std::vector<AskedSetting> asked = {}) const {
        return go({.project = world.project(), .resume = run, .asked = std::move(asked), .changed_clips = changed});
    }

    fs::path checkpoint(store::RunId run, int epoch) const {
        return world.project() / "checkpoints" / ("run_" + std::to_string(run)) / ("epoch_000" + std::to_string(epoch));
    }

    uint32_t weights(store::RunId run) const { return file_checksum(checkpoint(run, 3) / "model.safetensors"); }

    std::vector<double> losses(store::RunId run) const {
        std::vector<double> out;
        for (const auto& point : project().metrics(run, "loss")) out.push_back(point.value);
        return out;
    }

    fs::path file(int i) const { return world.data() / train(i); }

    /// Moves every second train clip away, or back.
    void move_half(bool away) const {
        fs::create_directories(world.root() / "away");
        for (int i = 0; i < kClips; i += 2) {
            const auto place = world.root() / "away" / file(i).filename();
            away ? fs::rename(file(i), place) : fs::rename(place, file(i));
        }
    }
};

bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

class TestResumedRun : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void otherSettingsAreRefusedWithBothValues() {
        const Place place;
        const auto run = place.stopped();
        const auto end = place.resume(run, {}, {{"epochs", "12"}, {"learning_rate", "1e-6"}, {"threads", "1"}});
        QVERIFY(end.error.has_value());
        QCOMPARE(end.error->code(), ErrorCode::invalid_argument);
        const std::string message = end.error->what();
        QVERIFY2(has(message, "epochs = 3, not 12") && has(message, "learning_rate = 7e-05, not 1e-06"),
                 message.c_str());
        QVERIFY2(!has(message, "threads"), message.c_str());
        QVERIFY(has(end.error->remedy(), "start_from=" + place.checkpoint(run, 1).string()));
        QCOMPARE(place.project().run(run)->status, store::RunStatus::cancelled);  // nothing was started
    }

    void settingsThatChangeNoResultAreTakenAndSaid() {
        const Place place;
        const auto run = place.stopped();
        const auto end = place.resume(run, {}, {{"keep_checkpoints", "1"}, {"epochs", "3"}});
        QVERIFY2(!end.error, end.error ? end.error->what() : "");
        QVERIFY(end.says("keep_checkpoints = 1 from here on; the run started with 2"));
        QVERIFY(fs::exists(place.checkpoint(run, 3)) && !fs::exists(place.checkpoint(run, 2)));
        // The run's own settings are unchanged.
        QCOMPARE(settings_from_json(place.project().run(run)->settings_json).machine.keep_checkpoints, 2);
    }

    void clipsImportedSinceAreNoPartOfIt() {
        const Place place;
        const auto whole = place.go({.project = place.world.project(), .settings = small_settings()});
        QVERIFY(whole.result);
        QCOMPARE(whole.result->clips, kClips);
        QCOMPARE(whole.result->steps, 6);
        const auto run = place.stopped();
        for (const char* name : {"train/rowing/new0.mp4", "train/surfing/new1.mp4", "val/surfing/v2.mp4"})
            place.world.add_clip(name);
        place.world.import();
        QCOMPARE(clip_changes(place.project(), run).imported_since, 2);
        const auto end = place.resume(run);
        QVERIFY2(end.result.has_value(), end.error ? end.error->what() : "");
        QVERIFY(end.says("Imported since run 2 started: 2 train clips. They are no part of it; it keeps its 8"));
        QCOMPARE(end.result->clips, kClips);
        QCOMPARE(place.weights(run), place.weights(whole.result->run));
        QCOMPARE(place.losses(run), place.losses(whole.result->run));
        // CLIP-TAM is measured on the clips and classes that the run started with.
        QCOMPARE(place.project().predictions(run, 3).size(), size_t{2});
    }

    void halfOfTheClipsMovedAway() {
        const Place place;
        const auto whole = place.go({.project = place.world.project(), .settings = small_settings()});
        const auto run = place.stopped(), other = place.stopped();
        place.move_half(true);
        for (const auto choice : {ChangedClips::leave_out_few, ChangedClips::stop}) {
            const auto end = place.resume(run, choice);
            QVERIFY(end.error.has_value());
            const std::string message = end.error->what();
            QVERIFY2(has(message, "of the 8 train clips 4 are gone since the run started") &&
                         has(message, "train/rowing/-c0.mp4") && has(message, "train/rowing/-c6.mp4"),
                     message.c_str());
            QVERIFY(has(end.error->remedy(), "--changed-clips leave-out"));
            QVERIFY(!fs::exists(place.checkpoint(run, 2)));  // nothing was trained
        }
        const auto end = place.resume(other, ChangedClips::leave_out);
        QVERIFY2(end.result.has_value(), end.error ? end.error->what() : "");
        QVERIFY(end.says("Before training: of the 8 train clips 4 are gone"));
        QCOMPARE(end.result->clips, kClips / 2);
        QCOMPARE(end.result->left_out.size(), size_t{4});
        QCOMPARE(end.result->steps, 4);  // two in the first epoch, one in each of the others
        const auto project = place.project();
        for (const auto& [name, video] : place.world.videos()) {
            if (video.split != dataset::Split::train) continue;
            const bool gone = std::ranges::find(end.result->left_out, name) != end.result->left_out.end();
            QCOMPARE(project.captions(other, video.id, 1).empty(), gone);
            for (const auto& caption : project.generated_for(other, video.id)) QVERIFY(caption.step == 0 || !gone);
        }
        // With the clips put back, the refused run ends like an undisturbed one.
        place.move_half(false);
        const auto back = place.resume(run);
        QVERIFY2(back.result.has_value(), back.error ? back.error->what() : "");
        QCOMPARE(place.weights(run), place.weights(whole.result->run));
        QCOMPARE(place.losses(run), place.losses(whole.result->run));
    }

    void aFewClipsThatAreGoneAreLeftOutAndNamed() {
        const Place place;
        const auto run = place.stopped();
        fs::remove(place.file(3));
        const auto end = place.resume(run, {}, {{"unreadable_share", "0.2"}});
        QVERIFY2(end.result.has_value(), end.error ? end.error->what() : "");
        QVERIFY(end.says("1 is gone since the run started: " + place.train(3)));
        QCOMPARE(end.result->left_out, std::vector<std::string>{place.train(3)});
        QCOMPARE(end.result->clips, kClips - 1);
    }

    void aChangedClipIsLeftOutUnlessItIsTaken() {
        const Place place;
        const auto run = place.stopped(), other = place.stopped();
        place.world.add_clip(place.train(1), 40);
        const auto changes = clip_changes(place.project(), run);
        QCOMPARE(changes.changed(), 1);
        QCOMPARE(changes.gone(), 0);
        const auto refused = place.resume(run);
        QVERIFY(refused.error && has(refused.error->what(), "1 has changed since the run started: " + place.train(1)));
        const auto without = place.resume(run, ChangedClips::leave_out);
        QVERIFY(without.result);
        QCOMPARE(without.result->left_out, std::vector<std::string>{place.train(1)});
        const auto with = place.resume(other, ChangedClips::take_changed);
        QVERIFY(with.result && with.result->left_out.empty());
        QVERIFY(with.says("Changed files are taken as they are now"));
        QCOMPARE(with.result->clips, kClips);
    }

    void whatCannotBeReadIsNeverTrainedOn() {
        const Place place;
        place.world.add_damaged(place.train(2));  // after the import, which found it intact
        auto settings = small_settings();
        const auto refused = place.go({.project = place.world.project(), .settings = settings});
        QVERIFY(refused.error && has(refused.error->what(), "1 of 8 clips cannot be read, more than unreadable_share"));
        QVERIFY(has(refused.error->what(), place.train(2)));
        QVERIFY(place.losses(1).empty());
        for (const auto learn_from : {LearnFrom::captions, LearnFrom::class_names}) {
            settings.supervision.unreadable_share = 0.2;
            settings.supervision.learn_from = learn_from;
            settings.retrieval.retrievals = 1;  // then only epochs read clips again
            const auto end = place.go({.project = place.world.project(), .settings = settings});
            QVERIFY2(end.result.has_value(), end.error ? end.error->what() : "");
            QVERIFY(end.says(place.train(2) + ": "));
            QCOMPARE(end.result->clips, kClips - 1);
            QCOMPARE(end.result->left_out, std::vector<std::string>{place.train(2)});
            const auto video = place.project().video(place.train(2))->id;
            if (learn_from == LearnFrom::captions) QVERIFY(place.project().captions(end.result->run, video).empty());
        }
    }

    void noClipIsMeasuredOnBlackFrames() {
        const Place place;
        place.world.add_damaged("val/rowing/v0.mp4");
        auto settings = small_settings();
        const auto refused = place.go({.project = place.world.project(), .settings = settings});
        QVERIFY(refused.error && has(refused.error->what(), "1 of 2 clips cannot be read"));
        settings.supervision.unreadable_share = 0.5;
        const auto end = place.go({.project = place.world.project(), .settings = settings});
        QVERIFY(end.result);
        QCOMPARE(place.project().predictions(end.result->run, 3).size(), size_t{1});
        QVERIFY(end.says("on 1 clips"));
    }

    void anotherClipIsRefusedAndTheSameElsewhereIsNot() {
        const Place place;
        const auto run = place.stopped();
        const auto copy = place.world.root() / "clip copy";
        fs::copy(resources_dir() / "demo" / "clip", copy, fs::copy_options::recursive);
        store::Project::open(place.world.project()).set_models({.captioner = {}, .clip = copy.string()});
        std::fstream weights(copy / "model.safetensors", std::ios::binary | std::ios::in | std::ios::out);
        weights.seekp(-2, std::ios::end);
        weights.put('\x02');  // it was another value
        weights.close();
        const auto refused = place.resume(run);
        QVERIFY(refused.error.has_value());
        QVERIFY2(has(refused.error->what(), copy.string()) && has(refused.error->what(), "demo/clip"),
                 refused.error->what());
        QVERIFY(!fs::exists(place.checkpoint(run, 2)));
        fs::copy(resources_dir() / "demo" / "clip", copy,
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        const auto end = place.resume(run);
        QVERIFY2(end.result.has_value(), end.error ? end.error->what() : "");
    }

    void firstCaptionsOfAnotherFileAreMadeAgain() {
        const Place place;
        auto settings = small_settings();
        const auto first = place.go({.project = place.world.project(), .settings = settings});
        place.world.add_clip(place.train(1), 40);
        place.world.import();
        settings.optimisation.seed = 2;
        const auto second = place.go({.project = place.world.project(), .settings = settings});
        QVERIFY(first.result && second.result);
        QVERIFY(second.says("First captions are those of run 1"));
        QVERIFY(second.says("First captions"));
        QCOMPARE(place.project().generated(2, 0).size(), place.project().generated(1, 0).size());
    }
};

REST_TEST(TestResumedRun)
#include "test_resumed_run.moc"
