// SPDX-License-Identifier: GPL-3.0-or-later
// Messages about files and folders that cannot be used, and the locations of the program's own files.
#include <QtTest/QtTest>

#include <cerrno>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/file_checksum.h"
#include "core/base/file_error.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;

namespace fs = std::filesystem;

class TestFiles : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path folder_, file_;

    static ErrorCode code_of(int error) { return file_error("Cannot write", "/a/b", error).code(); }

  private Q_SLOTS:
    void initTestCase() {
        folder_ = dir_.path().toStdString();
        file_ = folder_ / "plain";
        write_file_atomically(file_, "content");
    }

    void theSystemsErrorDecidesTheAdvice() {
        for (const int full : {ENOSPC, EDQUOT, EFBIG}) {
            QCOMPARE(code_of(full), ErrorCode::no_space);
            QVERIFY(says(file_remedy(full), {"Free some disk space"}));
        }
        for (const int other : {EROFS, EIO, EACCES}) QCOMPARE(code_of(other), ErrorCode::io);
        QVERIFY(says(file_remedy(EROFS), {"reading only", "make the disk writable"}));
        QVERIFY(says(file_remedy(EIO), {"failing", "another disk"}));
        QVERIFY(says(file_remedy(EACCES), {"may read and write it"}));
        const auto text = file_error("Cannot write", "/a/b", EACCES).full_text();
        QVERIFY2(says(text, {"Cannot write /a/b: Permission denied"}), text.c_str());
        const fs::filesystem_error thrown("rename", "/a/c", std::error_code(ENOSPC, std::generic_category()));
        QCOMPARE(file_error(thrown).code(), ErrorCode::no_space);
        QVERIFY(says(file_error(thrown).what(), {"/a/c"}));
    }

    void whatCannotBeWrittenIsNamed() {
        const auto inside_a_file = file_ / "below";
        for (const auto& text : {error_text([&] { write_file_atomically(inside_a_file, "x"); }),
                                 error_text([&] { make_folder(inside_a_file); }),
                                 error_text([&] { rename_folder(folder_, inside_a_file); })}) {
            QVERIFY2(says(text, {inside_a_file.string(), "Check that the folder is there"}), text.c_str());
        }
        fs::create_directories(folder_ / "taken" / "inside");
        const auto text = error_text([&] { write_file_atomically(folder_ / "taken", "x"); });
        QVERIFY2(says(text, {"Cannot write", (folder_ / "taken").string()}), text.c_str());
        // The temporary file has been removed.
        QCOMPARE(std::distance(fs::directory_iterator(folder_), {}), 2);
    }

    void aFailingStreamIsTheFilesError() {
        const auto text = error_text(
            [&] { write_file_atomically(file_, [](std::ostream& out) { out.setstate(std::ios::badbit); }); });
        QVERIFY2(says(text, {"Cannot write", file_.string()}), text.c_str());
        QCOMPARE(read_file(file_), std::string("content"));
    }

    void whatCannotBeReadIsNamed() {
        auto text = error_text([&] { read_file(folder_); });
        QVERIFY2(says(text, {folder_.string(), "is not a file"}), text.c_str());
        text = error_text([&] { read_file(file_, 6); });
        QVERIFY2(says(text, {file_.string(), "7 bytes", "more than the 6"}), text.c_str());
        QCOMPARE(read_file(file_, 7), std::string("content"));
    }

    void checksumsTellFilesApart() {
        QCOMPARE(file_checksum(file_), uint32_t{0xfec530a9});
        write_file_atomically(folder_ / "other", "Content");
        QVERIFY(file_checksum(folder_ / "other") != file_checksum(file_));
        const auto text = error_text([&] { file_checksum(folder_ / "none"); });
        QVERIFY2(says(text, {(folder_ / "none").string()}), text.c_str());
    }

    void foldersAreMadeMovedAndRemoved() {
        make_folder(folder_ / "a" / "b");
        write_file_atomically(folder_ / "a" / "b" / "c", "x");
        rename_folder(folder_ / "a", folder_ / "d");
        QCOMPARE(read_file(folder_ / "d" / "b" / "c"), std::string("x"));
        remove_folder(folder_ / "d");
        QVERIFY(!fs::exists(folder_ / "d"));
        remove_folder(folder_ / "d");  // not an error
    }

    void freeSpaceIsThatOfTheNearestFolder() {
        QVERIFY(free_space(folder_) > 0);
        QVERIFY(free_space(folder_ / "not" / "yet" / "there") > 0);
    }

    void foldersOfTheUserFollowTheEnvironment() {
        qputenv("HOME", "/home/anna");
        qputenv("XDG_STATE_HOME", "/var/anna");
        qputenv("XDG_CACHE_HOME", "relative, so it does not count");
        qunsetenv("XDG_DATA_HOME");
        QCOMPARE(state_dir(), fs::path("/var/anna/rest-studio"));
        QCOMPARE(cache_dir(), fs::path("/home/anna/.cache/rest-studio"));
        QCOMPARE(data_dir(), fs::path("/home/anna/.local/share/rest-studio"));
    }

    void resourcesAreFoundAboveTheProgram() {
        const QByteArray set = qgetenv("REST_RESOURCES");
        qputenv("REST_RESOURCES", "/somewhere/else");
        QCOMPARE(resources_dir(), fs::path("/somewhere/else"));
        qunsetenv("REST_RESOURCES");
        fs::path found;
        const auto text = error_text([&] { found = resources_dir(); });  // a build folder may be anywhere
        qputenv("REST_RESOURCES", set);
        QVERIFY2(text.empty() ? fs::exists(found / "demo") : says(text, {"test_files", "Set REST_RESOURCES"}),
                 text.c_str());
    }

    void aLogThatCannotBeWrittenStopsNothing() {
        start_logging({.file = folder_ / "log" / "rest.log", .to_stderr = false, .verbose = true});
        spdlog::debug("before");
        QVERIFY(says(read_file(folder_ / "log" / "rest.log"), {"before"}));
        start_logging({.file = file_ / "rest.log", .to_stderr = true});
        spdlog::debug("not asked for");
        start_logging({.to_stderr = false});
        spdlog::info("to nobody");
    }
};

REST_TEST(TestFiles)
#include "test_files.moc"
