// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/engine/run/run_files.h"
#include "core/training/flat_parameters.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestRunFiles : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::optional<Captioner> captioner_;
    std::optional<training::AdamW> optimiser_;

    fs::path folder(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

    void step() {
        for (auto& [name, tensor] : captioner_->model.weights) {
            if (tensor.requires_grad()) tensor.mutable_grad().fill_(0.01);
        }
        QVERIFY(optimiser_->step(1e-3));
    }

  private Q_SLOTS:
    void initTestCase() {
        const auto machine = prepare_machine({.device = "cpu"});
        captioner_ = load_captioner(captioner_folder({}), {.image_size = 0}, 1, machine);
        optimiser_.emplace(training::make_trainable(captioner_->model), training::AdamWSettings{});
    }

    void whatIsSavedComesBack() {
        const RunFiles files(folder("back"), 2);
        step();
        files.save({.epoch = 3, .step = 1, .batch = 42}, *captioner_, *optimiser_);
        SilentTask task;
        const auto found = files.newest_intact(task);
        QVERIFY(found.has_value());
        QCOMPARE(found->first.epoch, 3);
        QCOMPARE(found->first.step, 1);
        QCOMPARE(found->first.batch, int64_t{42});
        const auto first = optimiser_->first_moment().clone(), second = optimiser_->second_moment().clone();
        const auto steps = optimiser_->steps();
        step();
        QVERIFY(!torch::equal(optimiser_->first_moment(), first));
        RunFiles::restore_optimiser(found->second, *optimiser_);
        QVERIFY(torch::equal(optimiser_->first_moment(), first));
        QVERIFY(torch::equal(optimiser_->second_moment(), second));
        QCOMPARE(optimiser_->steps(), steps);
        const auto machine = prepare_machine({.device = "cpu"});
        QVERIFY(has_temporal_adapter(found->second));
        load_captioner(found->second, {.image_size = 0}, 1, machine);
    }

    void onlyTheLastStay() {
        const RunFiles files(folder("last"), 2);
        for (int epoch = 0; epoch < 4; ++epoch) files.save({.epoch = epoch}, *captioner_, *optimiser_);
        const auto left = files.checkpoints();
        QCOMPARE(left.size(), size_t{2});
        QCOMPARE(left[0].first.epoch, 3);
        QCOMPARE(left[1].first.epoch, 2);
    }

    void aDamagedOneIsPassedOver() {
        const RunFiles files(folder("damaged"), 3);
        for (int epoch = 1; epoch < 3; ++epoch) files.save({.epoch = epoch}, *captioner_, *optimiser_);
        const auto newest = files.checkpoints().front().second / "model.safetensors";
        auto bytes = read_file(newest);
        bytes[bytes.size() / 2] ^= 1;
        write_file_atomically(newest, bytes);
        SilentTask task;
        QCOMPARE(files.newest_intact(task)->first.epoch, 1);
    }

    void partsAndStrangersAreNoCheckpoints() {
        const RunFiles files(folder("parts"), 3);
        files.save({.epoch = 1}, *captioner_, *optimiser_);
        fs::create_directories(folder("parts") / "epoch_0007.part");
        fs::create_directories(folder("parts") / "notes");
        fs::copy(folder("parts") / "epoch_0001", folder("parts") / "epoch_0009");
        fs::remove(folder("parts") / "epoch_0009" / "optimizer.safetensors");
        QCOMPARE(files.checkpoints().size(), size_t{1});
    }

    void weightsWithNaNAreNotKept() {
        const RunFiles files(folder("nan"), 3);
        files.save({.epoch = 1}, *captioner_, *optimiser_);
        torch::NoGradGuard no_grad;
        auto& tensor = captioner_->model.weights.begin()->second;
        const auto before = tensor.clone();
        tensor.view(-1)[0] = std::numeric_limits<float>::quiet_NaN();
        const auto text = error_text([&] { files.save({.epoch = 2}, *captioner_, *optimiser_); });
        tensor.copy_(before);
        QVERIFY2(text.find("epoch_0002") != std::string::npos, text.c_str());
        QCOMPARE(files.checkpoints().size(), size_t{1});
    }
};

REST_TEST(TestRunFiles)
#include "test_run_files.moc"
