// SPDX-License-Identifier: GPL-3.0-or-later
// Training continues when memory runs out, in smaller micro-batches and with the same gradients.
#include <sys/resource.h>
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include <fstream>
#include <stdexcept>

#include "core/checkpoint/new_checkpoint.h"
#include "core/training/epoch.h"
#include "core/training/out_of_memory.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::training;

namespace {

constexpr int64_t kClips = 16;
constexpr int64_t kFrames = 8;

/// The address space may grow by at most this many bytes while this object lives.
class MemoryLimit {
  public:
    explicit MemoryLimit(int64_t more_bytes) {
        getrlimit(RLIMIT_AS, &before_);
        std::ifstream statm("/proc/self/statm");
        int64_t pages = 0;
        statm >> pages;
        rlimit limit = before_;
        limit.rlim_cur = static_cast<rlim_t>(pages * sysconf(_SC_PAGESIZE) + more_bytes);
        setrlimit(RLIMIT_AS, &limit);
    }
    ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;

  private:
    rlimit before_{};
};

checkpoint::ModelSizes small_sizes() {
    checkpoint::ModelSizes sizes;
    sizes.vision = {.hidden = 96, .layers = 4, .heads = 4, .mlp = 384, .image = 112, .patch = 8};
    sizes.text = {
        .hidden = 64, .layers = 1, .heads = 4, .mlp = 128, .vocabulary = 100, .positions = 32, .encoder_hidden = 96};
    sizes.text.bos = 1;
    sizes.text.eos = 2;
    return sizes;
}

struct Step {
    torch::Tensor weights;
    double loss = 0;
    int64_t micro_batch = 0;
};

/// One step from the same weights; with at most `limit` bytes of memory beyond what is in use, 0 for no limit.
Step one_step(int64_t micro_batch, int64_t limit) {
    auto model = model::GarModel::from_checkpoint(
        checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, small_sizes(), 3),
        {.temporal_adapter = false});
    const auto flat = make_trainable(model);
    AdamW optimiser(flat, {0.9, 0.98, 1e-8, 0.001});
    torch::manual_seed(1);
    const auto clips = torch::randint(0, 256, {kClips, kFrames, 3, 112, 112}, torch::kUInt8);
    std::vector<TrainExample> examples;
    for (int64_t i = 0; i < kClips; ++i) examples.push_back({i, {1, 5, 6, 7, 10 + i, 11 + i, 2}});
    EpochSettings settings{.batch_size = kClips, .micro_batch = micro_batch};
    settings.schedule = {1e-3, 1e-4, 10};
    SilentTask task;
    Step out;
    const auto run = [&] {
        train_epoch(
            model, optimiser, examples,
            [&](auto, const auto& to) {
                to.copy_(clips);
                return std::vector<int64_t>{};
            },
            settings, task,
            [&](const BatchReport& report) {
                out.loss = report.loss;
                out.micro_batch = report.micro_batch;
            });
    };
    if (limit > 0) {
        const MemoryLimit held(limit);
        run();
    } else {
        run();
    }
    out.weights = flat.values.detach().clone();
    return out;
}

}  // namespace

class TestShortMemory : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theBatchIsDoneInSmallerPieces() {
        const auto whole = one_step(0, 0);
        QCOMPARE(whole.micro_batch, kClips);
        const auto short_of = one_step(0, int64_t{120} << 20);
        QVERIFY2(short_of.micro_batch < kClips, "the limit was never met");
        qInfo("%d clips at a time under the limit", static_cast<int>(short_of.micro_batch));
        const auto asked = one_step(short_of.micro_batch, 0);
        QVERIFY(torch::equal(short_of.weights, asked.weights));
        QCOMPARE(short_of.loss, asked.loss);
        QVERIFY(std::abs(whole.loss - short_of.loss) < 1e-5);
    }

    void whatCudaAndItsLibrariesSayIsUnderstood() {
        const auto means_it = [](const std::string& message) {
            return is_out_of_memory(c10::Error({"somewhere", "here", 1}, message));
        };
        QVERIFY(means_it("CUDA out of memory. Tried to allocate 2.00 GiB"));
        QVERIFY(means_it("CUDA error: out of memory"));
        QVERIFY(means_it("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"));
        QVERIFY(means_it("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"));
        QVERIFY(means_it("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"));
        QVERIFY(!means_it("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"));
        QVERIFY(!means_it("CUDA error: an illegal memory access was encountered"));
        QVERIFY(!is_out_of_memory(std::runtime_error("CUBLAS_STATUS_ALLOC_FAILED")));
    }

    void otherErrorsAreNotTakenForIt() {
        QVERIFY(is_out_of_memory(std::bad_alloc()));
        QVERIFY(!is_out_of_memory(std::runtime_error("out of memory")));
        try {
            torch::zeros({2, 3}).matmul(torch::zeros({2, 3}));
            QFAIL("the shapes do not fit");
        } catch (const std::exception& e) {
            QVERIFY(!is_out_of_memory(e));
        }
        try {
            torch::empty({int64_t{1} << 50});
            QFAIL("nobody has so much");
        } catch (const std::exception& e) {
            QVERIFY(is_out_of_memory(e));
        }
    }
};

REST_TEST(TestShortMemory)
#include "test_short_memory.moc"
