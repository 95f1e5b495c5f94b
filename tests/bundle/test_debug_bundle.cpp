// SPDX-License-Identifier: GPL-3.0-or-later
#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/bundle/debug_bundle.h"
#include "core/bundle/log_files.h"
#include "core/bundle/model_facts.h"
#include "core/bundle/system_facts.h"
#include "core/bundle/user_facts.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::bundle;
using namespace rest::test;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::map<std::string, std::string> unzipped(const fs::path& file) {
    std::map<std::string, std::string> entries;
    archive* a = archive_read_new();
    archive_read_support_format_zip(a);
    if (archive_read_open_filename(a, file.c_str(), 10240) != ARCHIVE_OK) qFatal("%s", archive_error_string(a));
    archive_entry* entry = nullptr;
    while (archive_read_next_header(a, &entry) == ARCHIVE_OK) {
        auto& content = entries[archive_entry_pathname(entry)];
        char piece[4096];
        for (la_ssize_t n = 0; (n = archive_read_data(a, piece, sizeof piece)) > 0;)
            content.append(piece, static_cast<size_t>(n));
        if (archive_errno(a) != 0) qFatal("%s", archive_error_string(a));
    }
    archive_read_free(a);
    return entries;
}

constexpr const char* kPeople[] = {"Zoë Löwenherz", "b.*rt(o", "Al", "漕艇"};

}  // namespace

class TestDebugBundle : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path home_, project_, logs_;

    fs::path out() const { return home_ / "Desktop" / "report.zip"; }

    void put_log(const std::string& name, const std::string& text) { write_file_atomically(logs_ / name, text); }

    BundleSettings settings() const {
        return {.file = out(), .program = "rest 0.1.0", .qt = "6.4.2", .project = project_, .logs = logs_};
    }

    static SavedBundle save(const BundleSettings& settings) {
        SilentTask task;
        return save_debug_bundle(settings, task);
    }

    void make_project() {
        store::Project project =
            store::Project::create(project_, {.captioner = (home_ / "models of Grünspan" / "blip").string()});
        put_videos(project, 5);
        auto video = made_video(77);
        video.path = (home_ / "odd: \"Grünspan\", x" / "clip 77.mp4").string();
        video.problem = "Cannot read " + video.path;
        project.put_videos(std::vector{video});
        const auto run = project.add_run("Run of Zoë Löwenherz", R"({"epochs": 3, "start_from": ")" +
                                                                     (home_ / "w" / "m.pth").string() +
                                                                     R"(", "note": "ask zoë@löwen.example"})");
        project.set_run_status(run, store::RunStatus::failed,
                               "No space left to write " + (project_ / "checkpoints" / "x").string());
        project.add_run("b", "settings that are no JSON, by Al");
        fs::create_directories(project_ / "studies");
        study::Study study = make_study(project_ / "studies");
        for (const char* name : kPeople) study.sign_in(name);
        study.sign_in("7");
        rate_all(study, kPeople[0], [](int64_t) { return true; });
        write_file_atomically(project_ / "studies" / "Grünspan.study", "no study at all");
    }

  private Q_SLOTS:
    void initTestCase() {
        const fs::path root = dir_.path().toStdString();
        home_ = root / "Grünspan";
        logs_ = home_ / ".local" / "state" / "rest-studio";
        project_ = home_ / "thesis of Grünspan" / "actions.rest";
        fs::create_directories(logs_);
        fs::create_directories(out().parent_path());
        fs::create_directories(project_.parent_path());
        qputenv("HOME", home_.c_str());
        qputenv("USER", "Grünspan");
        qputenv("LOGNAME", "gruen.span");
        make_project();
        std::string log;
        for (const char* name : kPeople)
            log += std::string("[10:00:00.000] [rest] [warning] Two people with one code: ") + name + " (2)\n";
        log += "Cannot open " + (home_ / "odd: \"Grünspan\", x" / "clip 77.mp4").string() + ": gone\n";
        log += "merged " + (home_ / "Zoë Löwenherz.study").string() + "\n";
        log += "by Grünspan <gruen@span.example>, loss 3.25 in 7 s\n";
        put_log("rest.log", log);
        put_log("rest-studio.log", "Opened " + project_.string() + "\n");
        put_log("notes.txt", "not a log");
    }

    void nothingInItNamesAnybody() {
        const auto saved = save(settings());
        QCOMPARE(saved.bytes, static_cast<uint64_t>(fs::file_size(out())));
        const auto entries = unzipped(out());
        QStringList names;
        for (const auto& [name, content] : entries) names << QString::fromStdString(name);
        QCOMPARE(names, (QStringList{"README.txt", "logs/rest-studio.log", "logs/rest.log", "models.json",
                                     "project.json", "versions.json"}));
        QCOMPARE(saved.entries.size(), entries.size());
        char host[256] = {};
        QCOMPARE(::gethostname(host, sizeof host - 1), 0);
        QStringList planted = {"Grünspan",
                               "gruen",
                               "Zoë",
                               "Löwenherz",
                               "b.*rt(o",
                               "漕艇",
                               "span.example",
                               "löwen.example",
                               QString::fromStdString(home_.string()),
                               dir_.path(),
                               "rudern",
                               "thesis",
                               "is rowing",
                               "@"};
        if (QByteArray(host).size() > 4) planted << QString::fromLocal8Bit(host);
        for (const auto& [name, content] : entries) {
            const QString text = QString::fromStdString(content);
            for (const QString& word : planted) {
                QVERIFY2(!text.contains(word, Qt::CaseInsensitive),
                         qPrintable(QString::fromStdString(name) + ": " + word + "\n" + text));
            }
            QVERIFY(!text.contains(QRegularExpression("\\bAl\\b")));
        }
    }

    void whatIsNeededIsInIt() {
        save(settings());
        const auto entries = unzipped(out());
        const auto versions = json::parse(entries.at("versions.json"));
        QCOMPARE(versions["program"].get<std::string>(), std::string("rest 0.1.0"));
        QCOMPARE(versions["qt"].get<std::string>(), std::string("6.4.2"));
        for (const char* name : {"libtorch", "ffmpeg", "sqlite"}) {
            QVERIFY2(QRegularExpression("^n?\\d+\\.\\d+").match(QString::fromStdString(versions.at(name))).hasMatch(),
                     name);
        }
        QVERIFY(versions["kernel"].get<std::string>().starts_with("Linux "));
        QVERIFY(versions["memory_mb"].get<int64_t>() > 100);
        QVERIFY(versions["processors"].get<int>() >= 1);

        const auto project = json::parse(entries.at("project.json"));
        QCOMPARE(project["folder"].get<std::string>(), std::string("~/…/actions.rest"));
        QCOMPARE(project["captioner"].get<std::string>(), std::string("~/…/blip"));
        QCOMPARE(project["videos"]["all"].get<int>(), 6);
        QCOMPARE(project["videos"]["with_a_problem"].get<int>(), 1);
        QCOMPARE(project["database"]["quick_check"].get<std::string>(), std::string("ok"));
        QCOMPARE(project["runs"].size(), size_t{2});
        QCOMPARE(project["runs"][0]["settings"]["epochs"].get<int>(), 3);
        QCOMPARE(project["runs"][0]["settings"]["start_from"].get<std::string>(), std::string("~/…/m.pth"));
        QCOMPARE(project["runs"][0]["status"].get<std::string>(), std::string("failed"));
        QCOMPARE(project["runs"][0]["message"].get<std::string>(),
                 std::string("No space left to write ~/…/actions.rest/checkpoints/x"));
        QCOMPARE(project["runs"][1]["settings"].get<std::string>(),
                 std::string("settings that are no JSON, by <person>"));
        QCOMPARE(project["studies"].size(), size_t{2});
        QCOMPARE(project["studies"][0]["code"].get<std::string>(), std::string("damaged"));  // Grünspan.study
        QCOMPARE(project["studies"][1]["annotators"].get<int>(), 5);
        QCOMPARE(project["studies"][1]["answers"].get<int>(), 12);

        const auto models = json::parse(entries.at("models.json"));
        QCOMPARE(models.size(), size_t{2});
        QVERIFY(!models[0]["doctor"]["error"].get<std::string>().empty());  // the folder does not exist
        QVERIFY(models[1]["path"].get<std::string>().find("demo model") != std::string::npos);
        QVERIFY(entries.at("logs/rest.log").find("Cannot open ~/…/clip 77.mp4: gone") != std::string::npos);
        QVERIFY(entries.at("logs/rest.log").find("loss 3.25 in 7 s") != std::string::npos);
        QCOMPARE(entries.at("logs/rest-studio.log"), std::string("Opened ~/…/actions.rest\n"));
    }

    void withoutAProjectNamesOfOthersGoStill() {
        auto s = settings();
        s.project.clear();
        s.qt.clear();
        s.others = {project_, home_ / "gone.rest"};
        s.people = {"loss"};
        save(s);
        const auto entries = unzipped(out());
        QVERIFY(!entries.contains("project.json") && !entries.contains("models.json"));
        QVERIFY(!json::parse(entries.at("versions.json")).contains("qt"));
        const auto& log = entries.at("logs/rest.log");
        QVERIFY(log.find("Zoë") == std::string::npos && log.find("漕艇") == std::string::npos);
        QVERIFY(log.find("<person> 3.25") != std::string::npos);
    }

    void aDamagedProjectIsTold() {
        const auto broken = home_ / "broken.rest";
        fs::create_directories(broken);
        write_file_atomically(broken / "project.sqlite", std::string(5000, 'x'));
        auto s = settings();
        for (const auto& folder : {broken, home_ / "nowhere.rest"}) {
            s.project = folder;
            save(s);
            const auto project = json::parse(unzipped(out()).at("project.json"));
            QVERIFY(project["error"].get<std::string>().find(folder.filename().string()) != std::string::npos);
            QVERIFY(project["database"].contains("error"));
        }
    }

    void aDatabaseWithDamagedPagesIsTold() {
        const auto folder = home_ / "torn.rest";
        {
            store::Project project = store::Project::create(folder);
            put_videos(project, 3000);
        }
        std::fstream file(folder / "project.sqlite", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(folder / "project.sqlite") / 2));
        file << std::string(8192, '\x5a');
        file.close();
        auto s = settings();
        s.project = folder;
        save(s);
        const auto project = json::parse(unzipped(out()).at("project.json"));
        QCOMPARE(project["database"]["quick_check"]["code"].get<std::string>(), std::string("damaged"));
    }

    void aProjectInUseIsNotTouched() {
        store::Project writer = store::Project::open(project_);
        const auto before = fs::last_write_time(project_ / "project.sqlite");
        save(settings());
        QCOMPARE(json::parse(unzipped(out()).at("project.json"))["database"]["quick_check"].get<std::string>(),
                 std::string("ok"));
        QVERIFY(fs::last_write_time(project_ / "project.sqlite") == before);
        put_videos(writer, 1);
    }

    void ofALongLogTheEndGoesIn() {
        put_log("rest.log", "first\nsecond\nthird\n");
        QCOMPARE(log_ends(logs_, 100).at("rest.log"), std::string("first\nsecond\nthird\n"));
        QCOMPARE(log_ends(logs_, 19).at("rest.log"), std::string("first\nsecond\nthird\n"));
        QCOMPARE(log_ends(logs_, 13).at("rest.log"), std::string("second\nthird\n"));
        QCOMPARE(log_ends(logs_, 12).at("rest.log"), std::string("third\n"));
        QCOMPARE(log_ends(logs_, 0).at("rest.log"), std::string());
        put_log("rest.log", "one line without an end");
        QCOMPARE(log_ends(logs_, 5).at("rest.log"), std::string());
        put_log("rest.log", "");
        QCOMPARE(log_ends(logs_, 5).at("rest.log"), std::string());
        QVERIFY(log_ends(home_ / "nowhere", 5).empty());
    }

    void aLargeModelIsOnlyListed() {
        const auto folder = home_ / "model";
        fs::create_directories(folder / "sub");
        write_file_atomically(folder / "model.safetensors", std::string(1000, 'x'));
        write_file_atomically(folder / "config.json", "{}");
        const auto listed = model_facts(folder, 1001);
        QVERIFY(!listed.contains("doctor"));
        QCOMPARE(listed["files"], (json{{"model.safetensors", 1000}, {"config.json", 2}}));
        QVERIFY(model_facts(folder, 1002).contains("doctor"));
        const auto file = model_facts(folder / "model.safetensors", 2000);
        QCOMPARE(file["files"], (json{{"model.safetensors", 1000}}));
        QCOMPARE(file["doctor"]["loads"].get<bool>(), false);
    }

    void whatCannotBeWrittenIsTold() {
        auto s = settings();
        std::string message;
        s.file = home_ / "no such folder" / "report.zip";
        QCOMPARE(code_thrown([&] { save(s); }, &message), std::string("io"));
        QVERIFY(message.find(s.file.string()) != std::string::npos);
        for (const fs::path& no_file : {home_, home_ / "", fs::path("/dev/null"), fs::path()}) {
            s.file = no_file;
            QCOMPARE(code_thrown([&] { save(s); }), std::string("invalid_argument"));
        }
        QVERIFY(fs::is_directory(home_) && fs::is_character_file("/dev/null"));
        s = settings();
        const auto before = read_file(out());
        SilentTask task;
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, save_debug_bundle(s, task));
        QVERIFY(read_file(out()) == before);
    }
};

REST_TEST(TestDebugBundle)
#include "test_debug_bundle.moc"
