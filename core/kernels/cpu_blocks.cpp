// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/cpu_blocks.h"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>
#include <torch/version.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <new>

namespace rest::kernels {
namespace {

constexpr size_t kSmallest = size_t{2} << 20;   // malloc reuses smaller ones itself
constexpr size_t kStep = size_t{1} << 18;       // sizes are rounded up to it, so that nearly equal tensors share blocks
constexpr size_t kAlignment = size_t{1} << 21;  // a huge page, if the system provides them

/// Free blocks by size. A block is reused for tensors down to 7/8 of its size.
class Blocks {
  public:
    void* take(size_t size) {
        const std::lock_guard lock(mutex_);
        const auto found = free_.lower_bound(size);
        if (found == free_.end() || found->first > size + size / 7) return nullptr;
        void* block = found->second;
        sizes_.emplace(block, found->first);
        waiting_ -= found->first;
        free_.erase(found);
        return block;
    }

    void* make(size_t size) {
        void* block = fresh(size);
        if (block == nullptr) {
            release();
            block = fresh(size);
        }
        if (block == nullptr) throw std::bad_alloc();
        const std::lock_guard lock(mutex_);
        sizes_.emplace(block, size);
        return block;
    }

    /// False if it is not one of these blocks.
    bool give(void* block) {
        std::unique_lock lock(mutex_);
        const auto at = sizes_.find(block);
        if (at == sizes_.end()) return false;
        const size_t size = at->second;
        sizes_.erase(at);
        if (waiting_ + size <= limit_) {
            waiting_ += size;
            free_.emplace(size, block);
            return true;
        }
        lock.unlock();
        munmap(block, size);
        return true;
    }

    void release() {
        std::multimap<size_t, void*> blocks;
        {
            const std::lock_guard lock(mutex_);
            blocks.swap(free_);
            waiting_ = 0;
        }
        for (const auto& [size, block] : blocks) munmap(block, size);
    }

    void limit(size_t bytes) {
        const std::lock_guard lock(mutex_);
        limit_ = bytes;
    }

    size_t waiting() {
        const std::lock_guard lock(mutex_);
        return waiting_;
    }

  private:
    /// By mmap: malloc would retain much of the freed memory because of live blocks in between.
    static void* fresh(size_t size) {
        void* whole = mmap(nullptr, size + kAlignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (whole == MAP_FAILED) return nullptr;
        auto* const begin = static_cast<char*>(whole);
        const size_t before = (kAlignment - reinterpret_cast<uintptr_t>(begin) % kAlignment) % kAlignment;
        if (before > 0) munmap(begin, before);
        munmap(begin + before + size, kAlignment - before);
        madvise(begin + before, size, MADV_HUGEPAGE);
        return begin + before;
    }

    std::mutex mutex_;
    std::multimap<size_t, void*> free_;
    std::map<void*, size_t> sizes_;  // of the blocks in use
    size_t limit_ = 0, waiting_ = 0;
};

Blocks& blocks() {
    static auto* const blocks =
        std::make_unique<Blocks>().release();  // outlives every tensor, even those with static storage duration
    return *blocks;
}

/// LibTorch's default.
c10::Allocator* small_allocator() {
    static auto* const allocator = c10::GetDefaultCPUAllocator();
    return allocator;
}

class BlockAllocator final : public c10::Allocator {
  public:
    /// oneDNN's convolutions request raw pointers, small ones too.
    c10::DeleterFnPtr raw_deleter() const override {
        return [](void* p) {
            if (!blocks().give(p)) small_allocator()->raw_deallocate(p);
        };
    }

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    c10::DataPtr allocate(size_t size) override {
        return get(size);
    }
    void copy_data(void* to, const void* from, std::size_t count) const override {
        default_copy_data(to, from, count);
    }
#else
    c10::DataPtr allocate(size_t size) const override {
        return get(size);
    }
#endif

  private:
    c10::DataPtr get(size_t size) const {
        if (size < kSmallest) return small_allocator()->allocate(size);
        const size_t rounded = (size + kStep - 1) / kStep * kStep;
        void* block = blocks().take(rounded);
        if (block == nullptr) block = blocks().make(rounded);
        return {block, block, [](void* p) { blocks().give(p); }, c10::DeviceType::CPU};
    }
};

}  // namespace

void reuse_cpu_blocks(int64_t most_bytes) {
    blocks().limit(static_cast<size_t>(most_bytes));
    static std::once_flag once;
    std::call_once(once, [] {
        static BlockAllocator allocator;
        constexpr uint8_t kAboveDefault = 1;
        c10::SetCPUAllocator(&allocator, kAboveDefault);
    });
}

void release_cpu_blocks() {
    blocks().release();
}

int64_t waiting_cpu_bytes() {
    return static_cast<int64_t>(blocks().waiting());
}

}  // namespace rest::kernels
