// SPDX-License-Identifier: GPL-3.0-or-later
// Uses c10's device-independent API, so that one source works with every LibTorch.
#include "core/training/clip_feed.h"

#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace rest::training {
namespace {

constexpr int64_t kSlots = 2;

c10::Stream current_stream(torch::Device device) {
    return c10::impl::VirtualGuardImpl(device.type()).getStream(device);
}

}  // namespace

struct ClipFeed::Impl {
    /// The buffers of one batch. On the CPU `device` is `host`.
    struct Slot {
        torch::Tensor host, device;
        std::optional<c10::Event> unused;  // recorded after all uses of `device` queued so far
    };

    Impl(ClipFeedSettings s, Load l) : settings(std::move(s)), load(std::move(l)) {
        if (settings.sizes.empty()) return;
        auto shape = settings.clip_shape;
        shape.insert(shape.begin(), *std::ranges::max_element(settings.sizes));
        const auto on_host = torch::TensorOptions().dtype(torch::kUInt8).pinned_memory(!settings.device.is_cpu());
        for (int64_t i = 0; i < (settings.ahead ? std::min(kSlots, batches()) : 1); ++i) {
            auto& slot = slots[i];
            slot.host = slot.device = torch::empty(shape, on_host);
            if (settings.device.is_cpu()) continue;
            slot.device = torch::empty(shape, torch::TensorOptions().dtype(torch::kUInt8).device(settings.device));
            // The allocator's memory may still be read by work queued earlier on this thread's stream.
            slot.unused.emplace(settings.device.type());
            slot.unused->record(current_stream(settings.device));
        }
        if (settings.ahead) thread = std::jthread([this](const std::stop_token& stop) { load_all(stop); });
    }

    Slot& slot_of(int64_t batch) { return slots[settings.ahead ? batch % kSlots : 0]; }
    torch::Tensor part(const torch::Tensor& whole, int64_t batch) const {
        return whole.narrow(0, 0, settings.sizes[batch]);
    }
    int64_t batches() const { return static_cast<int64_t>(settings.sizes.size()); }

    /// Loads a batch and returns when it is on the device.
    void fill(int64_t batch) {
        auto& slot = slot_of(batch);
        load(batch, part(slot.host, batch));
        if (settings.device.is_cpu()) return;
        if (!stream)
            stream =
                c10::impl::VirtualGuardImpl(settings.device.type()).getStreamFromGlobalPool(settings.device, false);
        const c10::StreamGuard on_stream(*stream);
        slot.unused->block(*stream);
        part(slot.device, batch).copy_(part(slot.host, batch), /*non_blocking=*/true);
        stream->synchronize();
    }

    void load_all(const std::stop_token& stop) {
        for (int64_t i = 0; i < batches(); ++i) {
            {
                std::unique_lock lock(mutex);
                if (!changed.wait(lock, stop, [&] { return i < done + kSlots; }) || stop.stop_requested()) return;
            }
            std::exception_ptr trouble;
            try {
                fill(i);
            } catch (...) {
                trouble = std::current_exception();
            }
            std::lock_guard lock(mutex);
            failed = trouble;
            ++loaded;
            changed.notify_all();
            if (failed) return;
        }
    }

    /// The previous batch is no longer needed: all work that reads it is queued.
    void give_back(int64_t batch) {
        if (auto& unused = slot_of(batch).unused) unused->record(current_stream(settings.device));
        std::lock_guard lock(mutex);
        done = batch + 1;
        changed.notify_all();
    }

    void wait_for(int64_t batch) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return loaded > batch || failed; });
        if (failed && loaded <= batch + 1) std::rethrow_exception(failed);
    }

    const ClipFeedSettings settings;
    const Load load;
    std::array<Slot, kSlots> slots;
    std::optional<c10::Stream> stream;  // the loading thread's
    int64_t asked = 0;                  // batches; only used by the caller's thread
    std::mutex mutex;
    std::condition_variable_any changed;
    int64_t loaded = 0, done = 0;  // batches, including a failed one; guarded by mutex
    std::exception_ptr failed;     // of the last one loaded; guarded by mutex
    std::jthread thread;           // last: joined before the members it uses are destroyed
};

ClipFeed::ClipFeed(ClipFeedSettings settings, Load load)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(load))) {}

ClipFeed::~ClipFeed() = default;

torch::Tensor ClipFeed::next() {
    const int64_t batch = impl_->asked;
    TORCH_CHECK(batch < impl_->batches(), "a clip feed was asked for more batches than it has");
    if (batch > 0) impl_->give_back(batch - 1);
    ++impl_->asked;
    if (impl_->settings.ahead) {
        impl_->wait_for(batch);
    } else {
        impl_->fill(batch);
    }
    return impl_->part(impl_->slot_of(batch).device, batch);
}

}  // namespace rest::training
