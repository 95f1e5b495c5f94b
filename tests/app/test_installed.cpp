// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of `cmake --install` works after it is moved, and others can build on it.
#include <QProcess>
#include <QStandardPaths>
#include <QtTest/QtTest>
#include <filesystem>

#include "core/base/atomic_file.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
namespace fs = std::filesystem;

class TestInstalled : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path prefix_;
    QByteArray out_;

    int run(const QString& program, const QStringList& arguments) {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("REST_RESOURCES"));
        environment.insert(QStringLiteral("XDG_DATA_DIRS"), QStringLiteral("/nowhere"));
        environment.insert(QStringLiteral("XDG_STATE_HOME"), dir_.filePath(QStringLiteral("state")));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.waitForFinished(-1);
        out_ = process.readAll();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    QString at(const char* file) const { return QString::fromStdString((prefix_ / file).string()); }

  private Q_SLOTS:
    void initTestCase() {
        const fs::path first = fs::path(dir_.path().toStdString()) / "first";
        for (const char* component : {"data", "cli", "window", "dev"}) {
            QVERIFY2(run("cmake", {"--install", QString::fromStdString(test::build_dir().string()), "--prefix",
                                   QString::fromStdString(first.string()), "--component", component}) == 0,
                     out_.constData());
        }
        prefix_ = fs::path(dir_.path().toStdString()) / "moved away" / "rest";
        fs::create_directories(prefix_.parent_path());
        fs::rename(first, prefix_);
    }

    void theMovedProgramFindsItsResources() {
        QVERIFY2(run(at("bin/rest"), {"protocols", "--json"}) == 0, out_.constData());
        QVERIFY2(out_.contains("\"paper\""), out_.constData());  // figures from share/rest-studio/paper
        QVERIFY2(run(at("bin/rest"), {"doctor", at("share/rest-studio/demo/blip")}) == 0, out_.constData());
        QVERIFY2(run(at("bin/rest"), {"init", dir_.filePath("made")}) == 0,
                 out_.constData());  // reads the demo's models
    }

    void withoutResourcesTheWayOutIsTold() {
        const fs::path alone = fs::path(dir_.path().toStdString()) / "alone";
        fs::create_directories(alone);
        fs::copy_file(prefix_ / "bin" / "rest", alone / "rest");
        QCOMPARE(run(QString::fromStdString((alone / "rest").string()), {"protocols"}), 1);
        QVERIFY2(out_.contains("rest-studio-data") && out_.contains("REST_RESOURCES"), out_.constData());
    }

    void filesOfTheDesktopAreValid() {
        if (!fs::exists(prefix_ / "bin" / "rest-studio")) QSKIP("built without the window");
        const auto metainfo = at("share/metainfo/io.github.rest_studio.RestStudio.metainfo.xml");
        const auto desktop = at("share/applications/io.github.rest_studio.RestStudio.desktop");
        const auto text = read_file(metainfo.toStdString());
        QCOMPARE(run(at("bin/rest-studio"), {"--version"}), 0);
        QCOMPARE(run(at("bin/rest"), {"--version"}), 0);
        const auto newest = "<release version=\"" + out_.trimmed().toStdString() + "\"";
        QVERIFY2(text.find(newest) != std::string::npos && text.find(newest) == text.find("<release version="),
                 "the metainfo's newest release is not this version");
        if (!QStandardPaths::findExecutable("appstreamcli").isEmpty())
            QVERIFY2(run("appstreamcli", {"validate", "--pedantic", "--no-net", metainfo}) == 0, out_.constData());
        if (!QStandardPaths::findExecutable("desktop-file-validate").isEmpty())
            QVERIFY2(run("desktop-file-validate", {desktop}) == 0 && out_.isEmpty(), out_.constData());
        for (const char* size : {"16x16", "48x48", "512x512"})
            QVERIFY(fs::exists(prefix_ / "share/icons/hicolor" / size / "apps/rest-studio.png"));
    }

    // A project is a folder; its database may be named instead.
    void typesOfOurFilesAreKnown() {
        if (!fs::exists(prefix_ / "share" / "mime")) QSKIP("built without the window");
        if (QStandardPaths::findExecutable("update-mime-database").isEmpty()) QSKIP("no update-mime-database");
        QVERIFY2(run("update-mime-database", {at("share/mime")}) == 0, out_.constData());
        const auto magic = read_file(prefix_ / "share/mime/magic");
        QVERIFY(magic.find("application/x-rest-studio-project") != std::string::npos);
        const auto globs = read_file(prefix_ / "share/mime/globs2");
        QVERIFY(globs.find("application/x-rest-studio-study:*.study") != std::string::npos);
        const auto database = read_file(dir_.filePath("made.rest/project.sqlite").toStdString());
        QCOMPARE(database.substr(68, 4), std::string("REST"));  // what the MIME rule checks
    }

    void anExampleIsBuiltOnTheLibrary() {
        if (!fs::exists(prefix_ / "include")) QSKIP("core is installed beside a distribution's LibTorch only");
        const auto source = at("share/doc/librest-studio-dev/examples/caption");
        const auto build = dir_.filePath("example");
        QVERIFY2(run("cmake", {"-S", source, "-B", build, "-DCMAKE_PREFIX_PATH=" + at("")}) == 0, out_.constData());
        QVERIFY2(run("cmake", {"--build", build}) == 0, out_.constData());
        const auto clips = QString::fromStdString((test::source_dir() / "tests/golden/end_to_end").string());
        const auto captioner = at("share/rest-studio/demo/blip");
        QVERIFY2(run(build + "/caption", {captioner, clips + "/circle.mp4"}) == 0, out_.constData());
        QVERIFY2(out_.contains("circle.mp4: ") && out_.trimmed().size() > clips.size() + 20, out_.constData());
        QCOMPARE(run(build + "/caption", {captioner, clips + "/none.mp4"}), 1);
    }
};

REST_TEST(TestInstalled)
#include "test_installed.moc"
