// SPDX-License-Identifier: GPL-3.0-or-later
// What is exported: a folder with the clips, a list for spreadsheets and one for programs.
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/dataset/csv.h"
#include "core/gallery/export_clips.h"
#include "core/gallery/filter_json.h"
#include "tests/gallery/made_gallery.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::gallery;
using namespace rest::test;

namespace fs = std::filesystem;

class TestExportClips : public QObject {
    Q_OBJECT

  private:
    /// A task that is cancelled when it has come so far.
    class StoppingTask final : public Task {
      public:
        explicit StoppingTask(int64_t at) : Task(control), at_(at) {}
        TaskControl control;

      private:
        void on_progress(const Progress& progress) override {
            if (progress.done >= at_) control.cancel();
        }
        void on_log(LogLevel, const std::string&) override {}
        int64_t at_;
    };

    static std::vector<std::vector<std::string>> csv_of(const fs::path& folder) {
        const std::string text = read_file(folder / "clips.csv");
        if (!text.starts_with("\xEF\xBB\xBF")) return {};
        dataset::CsvReader reader(std::string_view(text).substr(3));
        std::vector<std::vector<std::string>> rows;
        for (std::vector<std::string> cells; reader.next(cells);) rows.push_back(cells);
        return rows;
    }

    static std::string cell(const std::vector<std::vector<std::string>>& rows, size_t row, const std::string& column) {
        const auto at = std::ranges::find(rows.at(0), column);
        return at == rows[0].end() ? "no such column" : rows.at(row).at(static_cast<size_t>(at - rows[0].begin()));
    }

    static ExportResult write(const MadeGallery& made, const fs::path& folder, ClipFiles files,
                              const std::vector<int>& rows = {2, 1}) {
        const auto table = made.table(true);
        const auto marks = load_marks(made.read(), table);
        SilentTask task;
        const auto filter = to_json({.words = "a"}, table.classes, marks.tags);
        return export_clips(made.folder, table, marks, rows, made.videos,
                            {.folder = folder, .files = files, .filter = filter}, task);
    }

    static int entries(const fs::path& folder) {
        return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

  private Q_SLOTS:
    void copiesComeWithBothLists() {
        const MadeGallery made;
        store::TagBook book(made.folder);
        book.put(made.read().tags()[4].id, made.run, 10, std::vector{made.clip(1)}, "Anna");
        book.set_note(made.run, 10, made.clip(1), "=HYPERLINK(\"x\")\nno wave", "Ben");
        const fs::path out = made.folder.parent_path() / "out";
        const auto result = write(made, out, ClipFiles::copies);
        QCOMPARE(result.clips, int64_t(2));
        QCOMPARE(result.bytes, int64_t(12));
        QVERIFY(result.problems.empty());
        QCOMPARE(read_file(out / "clips" / "00001 c.mp4"), std::string("clip c"));
        QVERIFY(!fs::is_symlink(out / "clips" / "00002 b.mp4"));
        const auto rows = csv_of(out);
        QCOMPARE(rows.size(), size_t(3));
        QCOMPARE(cell(rows, 1, "video"), std::string("val/c.mp4"));
        QCOMPARE(cell(rows, 2, "file"), std::string("clips/00002 b.mp4"));
        QCOMPARE(cell(rows, 2, "caption"), std::string("surfing a wave"));
        QCOMPARE(cell(rows, 2, "read"), std::string("surfing"));
        QCOMPARE(cell(rows, 2, "true class"), std::string("rowing"));
        QCOMPARE(cell(rows, 2, "verdict"), std::string("wrong"));
        QCOMPARE(cell(rows, 2, "change"), std::string("became_wrong"));
        QCOMPARE(cell(rows, 2, "caption before"), std::string("rowing a boat"));
        QCOMPARE(cell(rows, 2, "cosine 1"), std::string("0.4"));
        QCOMPARE(cell(rows, 2, "class 2"), std::string("rowing"));
        QCOMPARE(cell(rows, 2, "tags"), std::string("hallucinated action"));
        QCOMPARE(cell(rows, 2, "epoch"), std::string("10"));
        QCOMPARE(cell(rows, 2, "note"), std::string("=HYPERLINK(\"x\")\nno wave"));
        QVERIFY(read_file(out / "clips.csv").find("\"'=HYPERLINK(\"\"x\"\")\nno wave\"") != std::string::npos);
        const auto json = nlohmann::json::parse(read_file(out / "clips.json"));
        QCOMPARE(json["evaluation"]["epoch"], 10);
        QCOMPARE(json["evaluation"]["step"], 1);
        QCOMPARE(json["compared_with"]["epoch"], 5);
        QCOMPARE(json["filter"]["words"], "a");
        const auto& clip = json["clips"][1];
        QCOMPARE(clip["note"]["text"], "=HYPERLINK(\"x\")\nno wave");
        QCOMPARE(clip["note"]["who"], "Ben");
        QCOMPARE(clip["tags"][0]["who"], "Anna");
        QCOMPARE(clip["nearest"].size(), size_t(3));
        QCOMPARE(clip["place_of_true_class"], 2);
        QCOMPARE(clip["read_before"], "rowing");
    }

    void linksLeadToTheFiles() {
        const MadeGallery made;
        const fs::path out = made.folder.parent_path() / "links/";  // as shells complete it
        QCOMPARE(write(made, out, ClipFiles::links).bytes, int64_t(0));
        QVERIFY(fs::is_symlink(out / "clips" / "00001 c.mp4"));
        QCOMPARE(read_file(out / "clips" / "00001 c.mp4"), std::string("clip c"));
    }

    void listsAlone() {
        const MadeGallery made;
        const fs::path out = made.folder.parent_path() / "lists";
        write(made, out, ClipFiles::none);
        QCOMPARE(entries(out), 2);
        QCOMPARE(cell(csv_of(out), 1, "file"), std::string());
        QCOMPARE(cell(csv_of(out), 1, "original"), made.videos[2].path);
    }

    void aClipWithoutItsFileIsListedAndTold() {
        const MadeGallery made;
        fs::remove(made.videos[1].path);
        const fs::path out = made.folder.parent_path() / "out";
        for (const auto files : {ClipFiles::copies, ClipFiles::links}) {
            const auto result = write(made, out, files);
            QCOMPARE(result.clips, int64_t(2));
            QCOMPARE(result.problems.size(), size_t(1));
            QCOMPARE(result.problems[0].file, std::string("val/b.mp4"));
            QVERIFY(cell(csv_of(out), 2, "problem").find(made.videos[1].path) != std::string::npos);
            fs::remove_all(out);
        }
    }

    void nothingIsOverwritten() {
        const MadeGallery made;
        const fs::path out = made.folder.parent_path() / "out";
        write_file_atomically(out, "mine");
        QVERIFY_EXCEPTION_THROWN(write(made, out, ClipFiles::copies), Error);
        QCOMPARE(read_file(out), std::string("mine"));
        fs::remove(out);
        fs::create_directory(out);
        QVERIFY_EXCEPTION_THROWN(write(made, out, ClipFiles::copies), Error);
        QCOMPARE(entries(out), 0);
        QVERIFY_EXCEPTION_THROWN(write(made, made.folder.parent_path() / "no" / "such", ClipFiles::copies), Error);
        QVERIFY_EXCEPTION_THROWN(write(made, made.folder.parent_path() / "none", ClipFiles::copies, {}), Error);
    }

    void whatIsCancelledLeavesNothing() {
        const MadeGallery made;
        const auto table = made.table();
        const auto marks = load_marks(made.read(), table);
        StoppingTask task(3);
        const fs::path out = made.folder.parent_path() / "out";
        const int before = entries(made.folder.parent_path());
        const std::vector<int> rows = {0, 1, 2, 3, 0, 1, 2, 3};
        QVERIFY_EXCEPTION_THROWN(export_clips(made.folder, table, marks, rows, made.videos, {.folder = out}, task),
                                 Cancelled);
        QCOMPARE(entries(made.folder.parent_path()), before);
    }

    void namesThatNoFileCanHave() {
        MadeGallery made;
        made.videos[2].name = "val/" + std::string(400, 'x') + "\n.mp4";
        const fs::path out = made.folder.parent_path() / "out";
        QVERIFY(write(made, out, ClipFiles::copies).problems.empty());
        const std::string file = cell(csv_of(out), 1, "file");
        QVERIFY(file.ends_with("xx_.mp4") && file.size() < 255);
        QVERIFY(fs::is_regular_file(out / file));
    }
};

REST_TEST(TestExportClips)
#include "test_export_clips.moc"
