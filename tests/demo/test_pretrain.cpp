// SPDX-License-Identifier: GPL-3.0-or-later
// The demo's models created from scratch, at a size that takes seconds and teaches them nothing.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/doctor.h"
#include "core/demo/pretrain.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::demo;
namespace fs = std::filesystem;

namespace {

class Listening final : public Task {
  public:
    Listening() : Task(control) {}
    TaskControl control;
    std::vector<std::string> stages, lines;

  private:
    void on_progress(const Progress& progress) override {
        if (stages.empty() || stages.back() != progress.stage) stages.push_back(progress.stage);
    }
    void on_log(LogLevel, const std::string& text) override { lines.push_back(text); }
};

const PretrainSettings kTiny{
    .frames = 48, .blip_epochs = 2, .clip_epochs = 1, .blip_batch = 24, .clip_batch = 24, .device = "cpu"};

}  // namespace

class TestPretrain : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothModelsLoadAndTheSameSeedMakesTheSame() {
        QTemporaryDir dir;
        const fs::path first = fs::path(dir.path().toStdString()) / "a",
                       second = fs::path(dir.path().toStdString()) / "b";
        Listening task;
        pretrain_demo_models(first, kTiny, task);
        const auto blip = checkpoint::examine_checkpoint(first / "blip"),
                   clip = checkpoint::examine_checkpoint(first / "clip");
        QVERIFY2(blip.ready && clip.ready, (blip.error + clip.error).c_str());
        QVERIFY(blip.kind != clip.kind);
        const auto logged = [&](const std::string& what) {
            return std::ranges::count_if(task.lines, [&](const std::string& line) { return line.starts_with(what); });
        };
        QCOMPARE(logged("BLIP epoch"), 2);
        QCOMPARE(logged("CLIP epoch"), 1);
        QCOMPARE(logged("CLIP zero-shot on fresh frames: "), 1);
        QCOMPARE(std::ranges::count(task.stages, "Pre-training BLIP"), 1);

        auto only_blip = kTiny;
        only_blip.clip_epochs = 0;
        SilentTask silent;
        pretrain_demo_models(second, only_blip, silent);
        QVERIFY(!fs::exists(second / "clip"));
        for (const auto& file : fs::directory_iterator(first / "blip")) {
            QVERIFY(read_file(second / "blip" / file.path().filename()) == read_file(file.path()));
        }
    }

    void cancelledItStops() {
        QTemporaryDir dir;
        SilentTask task;
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, pretrain_demo_models(dir.path().toStdString(), kTiny, task));
        QVERIFY(!fs::exists(fs::path(dir.path().toStdString()) / "blip" / "model.safetensors"));
    }

    void aDeviceThatIsNotThereIsTold() {
        QTemporaryDir dir;
        SilentTask task;
        auto settings = kTiny;
        settings.device = "abacus";
        try {
            pretrain_demo_models(dir.path().toStdString(), settings, task);
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY(e.full_text().find("abacus") != std::string::npos);
        }
    }
};

REST_TEST(TestPretrain)
#include "test_pretrain.moc"
