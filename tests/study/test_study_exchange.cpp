// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are sent to annotators and come back.
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <QTemporaryDir>
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/media/video_reader.h"
#include "core/study/export_study.h"
#include "core/study/merge_study.h"
#include "core/study/study_clip_files.h"
#include "core/study/study_report.h"
#include "core/text/clip_bpe.h"
#include "tests/media/clip_maker.h"
#include "tests/store/project_file.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

namespace fs = std::filesystem;

constexpr int kClips = 6;

/// A project whose study has clip files: kClips rated ones, a training and a control clip, k = 3.
struct Place {
    ProjectPlace project;
    SilentTask task;
    fs::path folder() const { return project.folder(); }
    fs::path out(const std::string& name) const { return project.root() / (name + ".study"); }

    Study make(const std::string& name = "made") {
        if (!store::Project::is_project(folder())) store::Project::create(folder());
        const auto clip_file = project.root() / "rowing" / "v_rowing.mp4";
        fs::create_directories(clip_file.parent_path());
        if (!fs::exists(clip_file)) {
            make_clip(clip_file, 30, {.width = 426, .height = 322, .frames_per_second = 15});
        }
        std::vector<StudyClip> clips;
        for (int i = 0; i < kClips + 2; ++i) {
            StudyClip c{.id = i, .name = "val/rowing/" + std::to_string(i) + ".mp4", .path = clip_file.string()};
            c.file_bytes = static_cast<int64_t>(fs::file_size(clip_file));
            c.caption = "caption " + std::to_string(i);
            c.label = "rowing";
            c.tam_right = i % 2 == 0;
            if (i >= kClips) {
                c.role = i == kClips ? ClipRole::training : ClipRole::control;
                c.known = true;
                c.feedback = "Because.";
            }
            clips.push_back(std::move(c));
        }
        fs::create_directories(studies_dir(folder()));
        StudyInfo info{.uuid = new_uuid(), .name = name, .created = "2026-01-01T00:00:00Z"};
        info.settings = {.answers_per_clip = 3, .seed = 4};
        info.source.model = "run 1 epoch 3";
        return Study::create(study_file(folder(), name), info, clips);
    }

    ExportResult send(Study& study, const std::string& name, const std::string& annotator = {}, int64_t most = 0) {
        ExportSettings settings{.out = out(name), .annotator = annotator, .most_clips = most};
        settings.cache = project.root() / "cache";
        return export_study(study, settings, task);
    }
};

/// An annotator elsewhere opens the file and rates, in a separate process.
bool rateElsewhere(const fs::path& file, const std::string& code, int most = 1000) {
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 1;
        try {
            Study study = Study::open(file);
            RatingSession session(study, code);
            for (int i = 0; i < most && session.current() != nullptr; ++i) {
                session.answer(session.current()->clip % 2 == 0, {1000, 0});
                if (i == 2 && session.undo()) session.answer(true, {2000, 1});
            }
            status = 0;
        } catch (const std::exception& e) {
            qWarning("%s: %s", code.c_str(), e.what());
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int64_t addedIn(const std::vector<MergedFile>& merged) {
    int64_t sum = 0;
    for (const auto& m : merged) sum += m.taken.added;
    return sum;
}

}  // namespace

class TestStudyExchange : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aFileOfItsOwn() {
        Place place;
        Study study = place.make();
        const auto result = place.send(study, "anna", "anna");
        QCOMPARE(result.clips, kClips + 2);
        QVERIFY(result.problems.empty());
        fs::remove_all(place.project.root() / "rowing");
        Study file = Study::open(result.file);
        QVERIFY(file.info().exported);
        RatingSession session(file, "Anna");
        QVERIFY(session.current()->training);
        const auto& source = session.current()->source;
        QVERIFY(source.problem.empty() && source.path.empty() && !source.bytes.empty());
        fs::path played;
        {
            StudyClipFiles files;
            played = files.file_for(*session.current());
            const auto reader = media::VideoReader::open(played);
            QVERIFY(reader);
            QCOMPARE(reader->info().height, 288);
            QCOMPARE(reader->info().width, 380);  // 426 x 288 / 322, made even
            QCOMPARE(reader->info().frames, 30);
            QVERIFY(std::abs(reader->info().duration_seconds - 2.0) < 0.01);
            QCOMPARE(reader->info().codec, std::string("h264"));
        }
        QVERIFY(!fs::exists(played));
        QVERIFY(session.answer(true, {1, 0})->right);
        QCOMPARE(code_thrown([&] { file.sign_in("bert"); }), std::string("invalid_argument"));
    }

    /// An ODR violation (two types of one name) once made the linker choose the study's destructor for the tokeniser's
    /// files too: reading a damaged CLIP folder in the window deleted the user's vocabulary.
    void aDamagedClipBesideAStudyLosesNothing() {
        const StudyClipFiles files;
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        const std::string vocabulary = R"({"a": 0, "b</w>": 1, "ab</w>": 2, "<|startoftext|>": 3, "<|endoftext|>": 4})";
        std::ofstream(root / "vocab.json") << vocabulary;
        std::ofstream(root / "merges.txt") << "#version: 0.2\nno merge of anything\n";
        QVERIFY_EXCEPTION_THROWN(text::ClipBpe::load(root), Error);
        QCOMPARE(read_file(root / "vocab.json"), vocabulary);
        QVERIFY(fs::exists(root / "merges.txt"));
    }

    void nothingInTheFileTellsTheAnswer() {
        Place place;
        Study study = place.make();
        rate_all(study, "somebody else", [](int64_t) { return true; });
        const auto bytes = read_file(place.send(study, "anna", "anna").file);
        for (const std::string clue : {"rowing", "run 1", "epoch 3", "somebody", place.project.root().c_str()}) {
            QVERIFY2(bytes.find(clue) == std::string::npos, clue.c_str());
        }
        const Study file = Study::open(place.out("anna"));
        for (const auto& clip : file.clips()) {
            QVERIFY(!clip.tam_right && clip.label.empty() && clip.name.empty());
            QCOMPARE(clip.known.has_value(), clip.role == ClipRole::training);
        }
        QVERIFY(file.answers().empty());
    }

    void threePeopleElsewhereInAnyOrderAndTwice() {
        Place place;
        Study study = place.make();
        std::vector<fs::path> files;
        for (const std::string code : {"anna", "bert", "carl"}) files.push_back(place.send(study, code, code).file);
        QCOMPARE(code_thrown([&] { place.send(study, "dora", "dora"); }), std::string("invalid_argument"));
        for (const std::string code : {"anna", "bert", "carl"}) QVERIFY(rateElsewhere(place.out(code), code));
        const int64_t each = kClips + 2 + 2;  // one undo and one more answer
        std::string first;
        std::sort(files.begin(), files.end());
        do {
            const auto copy = place.project.root() / "copy.study";
            fs::copy_file(study.file(), copy, fs::copy_options::overwrite_existing);
            Study merged = Study::open(copy);
            const auto outcome = merge_study(merged, files, place.task);
            QCOMPARE(addedIn(outcome), 3 * each);
            const auto again = merge_study(merged, files, place.task);
            QCOMPARE(addedIn(again), int64_t{0});
            for (const auto& m : again) QCOMPARE(m.taken.already_there, each);
            std::string log;
            for (const auto& a : merged.answers())
                log += a.annotator + std::to_string(a.sequence) + a.time + to_string(a.choice);
            if (first.empty()) first = log;
            QVERIFY(log == first);
        } while (std::next_permutation(files.begin(), files.end()));
        merge_study(study, files, place.task);
        const auto report = report_study(study);
        QCOMPARE(report.answers, 3 * kClips);
        QCOMPARE(report.full_clips, kClips);
        for (const auto& a : report.annotators) QCOMPARE(a.controls, 1);
    }

    void returnedEarlyAndOnceMore() {
        Place place;
        Study study = place.make();
        const auto file = place.send(study, "anna", "anna").file;
        QVERIFY(rateElsewhere(file, "anna", 2));
        const auto early = place.out("early");
        fs::copy_file(file, early);
        QVERIFY(rateElsewhere(file, "anna"));
        const std::vector<fs::path> late{file}, both{early, file};
        const auto whole = addedIn(merge_study(study, late, place.task));
        QCOMPARE(addedIn(merge_study(study, both, place.task)), int64_t{0});
        Study other = Study::open(study.file());
        QCOMPARE(std::ssize(other.answers()), whole);
    }

    void oneFileRatedOnTwoMachines() {
        // The same sequence numbers in two copies: both answers are kept, one is current, whatever the order in which
        // the files return.
        Place place;
        Study study = place.make();
        const auto a = place.send(study, "anna", "anna").file;
        const auto b = place.out("anna elsewhere");
        fs::copy_file(a, b);
        QVERIFY(rateElsewhere(a, "anna", 4));
        QVERIFY(rateElsewhere(b, "anna", 4));
        const std::vector<fs::path> order{a, b}, turned{b, a};
        const auto copy = place.out("copy");
        fs::copy_file(study.file(), copy);
        Study other = Study::open(copy);
        merge_study(study, order, place.task);
        merge_study(other, turned, place.task);
        QCOMPARE(study.answers(), other.answers());
        QCOMPARE(study.current_answers(), other.current_answers());
        QCOMPARE(study.answers().size(), size_t{2 * 6});
        QCOMPARE(study.current_answers().size(), size_t{4});
    }

    void blankFilesForWhoeverSignsIn() {
        Place place;
        Study study = place.make();
        const auto a = place.send(study, "room a").file, b = place.send(study, "room b").file;
        QVERIFY(rateElsewhere(a, "anna") && rateElsewhere(a, "bert") && rateElsewhere(b, "Anna"));
        const std::vector<fs::path> files{a, b};
        const auto merged = merge_study(study, files, place.task);
        QCOMPARE(merged[0].taken.annotators_added, 2);
        QCOMPARE(merged[1].taken.renamed, std::vector<std::string>{"Anna is now Anna (2)"});  // maybe another person
        QCOMPARE(report_study(study).answers, 3 * kClips);
        QCOMPARE(merge_study(study, files, place.task)[1].taken.annotators_added, 0);
    }

    void foreignDamagedAndAlteredFilesAreRefusedAndTheRestTaken() {
        Place place;
        Study study = place.make(), foreign = place.make("another");
        const auto good = place.send(study, "good", "anna").file;
        QVERIFY(rateElsewhere(good, "anna"));
        const auto altered = [&](const std::string& name, const std::string& sql) {
            fs::copy_file(good, place.out(name));
            execute(place.out(name), sql);
            return place.out(name);
        };
        const auto other = place.send(foreign, "foreign", "anna").file;
        QVERIFY(rateElsewhere(other, "anna"));
        const auto shown = altered("caption", "UPDATE clips SET caption = 'another caption' WHERE id = 1");
        const auto hostile =
            altered("hostile", "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM answers; END");
        const auto flipped = altered("flipped", "UPDATE answers SET choice = 1 - choice WHERE choice < 2");
        const auto cut = place.out("cut"), text = place.out("text"), missing = place.out("missing");
        write_file_atomically(cut, read_file(good).substr(0, 20000));
        write_file_atomically(text, "Dear researcher, I am done.");
        const std::vector<fs::path> files{other, shown, hostile, cut, text, missing, good, flipped};
        const auto merged = merge_study(study, files, place.task);
        const char* codes[] = {"invalid_argument", "damaged", "damaged", "damaged", "damaged", "not_found"};
        for (size_t i = 0; i < std::size(codes); ++i) {
            QVERIFY(merged[i].refused);
            QCOMPARE(std::string(to_string(merged[i].refused->code)), std::string(codes[i]));
            QVERIFY(merged[i].refused->message.find(files[i].string()) != std::string::npos);
            QCOMPARE(merged[i].taken.added, int64_t{0});
        }
        QVERIFY(!merged[6].refused);
        QVERIFY(merged[6].taken.added > 0);
        QVERIFY(merged[7].refused);  // contradicts answers already merged
        QCOMPARE(std::ssize(study.answers()), merged[6].taken.added);
    }

    void clipsAreSharedOutLeastRatedFirst() {
        Place place;
        Study study = place.make();
        std::map<int64_t, int> people;
        for (int person = 0; person < 9; ++person) {
            const auto code = "p" + std::to_string(person);
            place.send(study, code, code, 2);
            for (const auto id : study.reserved(study.sign_in(code).uuid)) ++people[id];
        }
        QCOMPARE(people.size(), size_t{kClips});
        for (const auto& [clip, n] : people) QCOMPARE(n, 3);
        fs::remove(place.out("p0"));
        const auto before = study.reserved(study.sign_in("p0").uuid);
        place.send(study, "p0", "p0", 2);  // once more: the same
        QCOMPARE(study.reserved(study.sign_in("p0").uuid), before);
        study.release(study.sign_in("p8").uuid);
        QCOMPARE(place.send(study, "p9", "p9").clips, 2 + 2);
    }

    void ownAnswersGoAlong() {
        Place place;
        Study study = place.make();
        RatingSession here(study, "anna");
        std::set<int64_t> done;
        for (int i = 0; i < 4; ++i) {
            done.insert(here.current()->clip);
            here.answer(true, {1, 0});
        }
        Study file = Study::open(place.send(study, "anna", "anna").file);
        RatingSession there(file, "anna");
        for (; there.current() != nullptr; there.answer(false, {1, 0}))
            QVERIFY(done.insert(there.current()->clip).second);
        QCOMPARE(done.size(), size_t{kClips + 2});
        const std::vector<fs::path> files{file.file()};
        const auto merged = merge_study(study, files, place.task);
        QCOMPARE(merged[0].taken.already_there, int64_t{4});
        QCOMPARE(study.answers().size(), size_t{kClips + 2});
    }

    void aBrokenClipIsAProblemAndCancelLeavesNothing() {
        Place place;
        Study study = place.make();
        const auto clip_file = place.project.root() / "rowing" / "v_rowing.mp4";
        const auto size = fs::file_size(clip_file);
        write_file_atomically(clip_file, std::string(size, 'z'));
        const auto result = place.send(study, "anna", "anna");
        QCOMPARE(std::ssize(result.problems), int64_t{kClips + 2});
        Study file = Study::open(result.file);
        RatingSession session(file, "anna");
        QVERIFY(!session.current()->source.problem.empty());
        session.skip("it does not play", {1, 0});
        place.task.control.cancel();
        QVERIFY_EXCEPTION_THROWN(place.send(study, "bert", "bert"), Cancelled);
        int left = 0;
        for (const auto& entry : fs::directory_iterator(place.project.root())) {
            left += entry.path().filename().string().starts_with("bert");
        }
        QCOMPARE(left, 0);
        QVERIFY(study.reserved(study.sign_in("bert").uuid).empty());
        QCOMPARE(code_thrown([&] { place.send(study, "anna", "anna"); }), std::string("invalid_argument"));  // exists
    }
};

REST_TEST(TestStudyExchange)
#include "test_study_exchange.moc"
