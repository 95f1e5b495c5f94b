// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/engine/run/training_memory.h"
#include "core/kernels/device_memory.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

namespace {

constexpr int64_t kParameters = 224'000'000;

Machine cuda(bool bf16) {
    return {.device = torch::Device(torch::kCUDA, 0), .bf16 = bf16};
}

TrainingMemory blip_base(const Machine& machine) {
    return training_memory(checkpoint::ModelSizes(), 8, kParameters, machine);
}

}  // namespace

class TestTrainingMemory : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void moreClipsAndWiderNumbersNeedMore() {
        const auto memory = blip_base(cuda(true));
        QCOMPARE(memory.of(0), 22 * kParameters);
        QVERIFY(memory.of(2) > memory.of(1));
        QVERIFY(blip_base(cuda(false)).per_clip > memory.per_clip);
        // 64 clips of 8 frames of 224 pixels on an H100
        QVERIFY(memory.of(64) > int64_t{35'000'000'000} && memory.of(64) < int64_t{50'000'000'000});
    }

    void theMicroBatchThatFitsIsTheLargest() {
        const TrainingMemory memory{.fixed = 100, .per_clip = 10};
        QCOMPARE(memory.micro_batch_in(164, 64), int64_t{6});
        QCOMPARE(memory.micro_batch_in(10'000, 64), int64_t{64});
        QCOMPARE(memory.micro_batch_in(109, 64), int64_t{0});
        QCOMPARE(memory.micro_batch_in(50, 64), int64_t{0});
    }

    void whatDoesNotFitIsSaidWithWhatDoes() {
        const TrainingMemory memory{.fixed = 4'000'000'000, .per_clip = 600'000'000};
        QVERIFY(short_memory_note(memory, 64, int64_t{60'000'000'000}).empty());
        const auto note = short_memory_note(memory, 64, int64_t{24'000'000'000});
        QVERIFY2(note.find("42.4 GB") != std::string::npos && note.find("24.0 GB") != std::string::npos, note.c_str());
        QVERIFY2(note.find("micro_batch = 33 fits") != std::string::npos, note.c_str());
        const auto hopeless = short_memory_note(memory, 64, int64_t{4'000'000'000});
        QVERIFY2(hopeless.find("one needs about 4.6 GB") != std::string::npos, hopeless.c_str());
    }

    void aCpuHasNoDeviceMemory() {
        QVERIFY(!kernels::device_memory(torch::kCPU));
        QCOMPARE(kernels::peak_device_bytes(torch::kCPU), int64_t{0});
        QVERIFY(!kernels::has_fast_bf16(torch::kCPU));
        kernels::forget_peak_device_bytes(torch::kCPU);
        kernels::release_device_blocks();
    }

    void keysOfTheCpuStayAsTheyWere() {
        QCOMPARE(Machine().key_suffix(), std::string());
        QCOMPARE(cuda(true).key_suffix(), std::string(" by CUDA in bf16"));
        QCOMPARE(cuda(false).key_suffix(), std::string(" by CUDA in fp32"));
    }
};

REST_TEST(TestTrainingMemory)
#include "test_training_memory.moc"
