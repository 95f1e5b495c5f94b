// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/signs_of_life.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <thread>

#include "core/base/error.h"
#include "core/distributed/group.h"

namespace rest::distributed {
namespace {

using namespace std::chrono_literals;

// SignsOfLife decides which process is lost; c10d must not, since one process may compute alone for hours.
constexpr auto kNever = std::chrono::hours(24 * 30);

Error lost_worker(const std::string& who) {
    return Error(
        ErrorCode::lost_worker, "The job ends: " + who,
        "Start the job again with --resume: it continues from its last checkpoint. torchrun does this by itself.");
}

std::shared_ptr<gloo::transport::Device> network_device(const Membership& membership) {
    if (const char* name = std::getenv("GLOO_SOCKET_IFNAME"); name != nullptr && *name != '\0')
        return c10d::ProcessGroupGloo::createDeviceForInterface(name);
    if (membership.address == "127.0.0.1" || membership.address == "localhost")
        return c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1");
    return c10d::ProcessGroupGloo::createDefaultDevice();
}

/// Waits for the others in small steps, so that it can be ended.
class Arrival {
  public:
    Arrival(const Membership& membership, const GroupSettings& settings)
        : membership_(membership),
          settings_(settings),
          until_(std::chrono::steady_clock::now() + settings.join_within) {}

    c10::intrusive_ptr<c10d::TCPStore> open_store() const {
        c10d::TCPStoreOptions options;
        options.port = membership_.port;
        options.isServer = membership_.rank == 0;
        options.waitWorkers = false;
        options.timeout = std::min<std::chrono::milliseconds>(settings_.join_within, 2s);
        while (true) {
            try {
                auto store = c10::make_intrusive<c10d::TCPStore>(membership_.address, options);
                store->setTimeout(settings_.join_within);
                return store;
            } catch (const std::exception&) {
                if (options.isServer || std::chrono::steady_clock::now() > until_) throw;
            }
            pause();
        }
    }

    void wait_for_all(c10d::TCPStore& store, const std::string& prefix) const {
        auto here = store.add(prefix + "here", 1);
        for (; here < membership_.size; here = store.add(prefix + "here", 0)) {
            if (std::chrono::steady_clock::now() > until_)
                throw std::runtime_error(fmt::format("{} of {} have come", here, membership_.size));
            pause();
        }
    }

  private:
    void pause() const {
        if (settings_.check) settings_.check();
        std::this_thread::sleep_for(20ms);
    }

    const Membership& membership_;
    const GroupSettings& settings_;
    std::chrono::steady_clock::time_point until_;
};

class GlooGroup final : public Group {
  public:
    GlooGroup(const Membership& membership, const GroupSettings& settings)
        : membership_(membership), settings_(settings), prefix_(fmt::format("rest/{}/", membership.attempt)) {
        const Arrival arrival(membership, settings);
        store_ = arrival.open_store();
        arrival.wait_for_all(*store_, prefix_);
        life_.emplace(membership, prefix_, settings.lost_after);
        auto options = c10d::ProcessGroupGloo::Options::create(settings.join_within);
        options->devices.push_back(network_device(membership));
        options->threads = 2;
        group_ = c10::make_intrusive<c10d::ProcessGroupGloo>(c10::make_intrusive<c10d::PrefixStore>(prefix_, store_),
                                                             membership.rank, membership.size, options);
        group_->getOptions()->timeout = std::chrono::duration_cast<std::chrono::milliseconds>(kNever);
    }

    ~GlooGroup() override {
        const bool keeps_store = membership_.rank == 0;
        if (life_->lost()) {
            if (keeps_store) life_->wait_until_told();
            // Its threads wait for a dead process, and its destructor would wait for them.
            group_.release();
            store_.release();
            return;
        }
        life_.reset();
        if (keeps_store) wait_until_all_left();
    }

    int rank() const override { return membership_.rank; }
    int size() const override { return membership_.size; }

    std::unique_ptr<PendingSum> sum(const torch::Tensor& buffer) override;

    std::string broadcast(std::string text) override {
        auto length = torch::tensor({static_cast<int64_t>(text.size())});
        broadcast(length);
        text.resize(static_cast<size_t>(length.item<int64_t>()));
        if (!text.empty()) broadcast(as_tensor(text));
        return text;
    }

    void broadcast(const torch::Tensor& tensor) override {
        std::vector<at::Tensor> tensors = {tensor};
        finish(group_->broadcast(tensors));
    }

    std::vector<std::string> gather(const std::string& text) override {
        std::string copy = text;
        const auto rows = gather_rows(copy.empty() ? torch::empty({0}, torch::kUInt8) : as_tensor(copy));
        std::vector<std::string> out;
        const auto* bytes = reinterpret_cast<const char*>(rows.data_ptr<uint8_t>());
        for (const int64_t count : counts_) {
            out.emplace_back(bytes, static_cast<size_t>(count));
            bytes += count;
        }
        return out;
    }

    torch::Tensor gather_rows(const torch::Tensor& rows) override {
        counts_ = gather_counts(rows.size(0));
        auto sizes = rows.sizes().vec();
        sizes[0] = *std::max_element(counts_.begin(), counts_.end());
        if (sizes[0] == 0) return rows;
        auto mine = torch::zeros(sizes, rows.options());
        mine.narrow(0, 0, rows.size(0)).copy_(rows);
        std::vector<std::vector<at::Tensor>> all(1);
        for (size_t i = 0; i < counts_.size(); ++i) all[0].push_back(torch::empty_like(mine));
        std::vector<at::Tensor> input = {mine};
        finish(group_->allgather(all, input));
        for (size_t i = 0; i < counts_.size(); ++i) all[0][i] = all[0][i].narrow(0, 0, counts_[i]);
        return torch::cat(all[0]);
    }

    void give_up(const std::string& reason) noexcept override { life_->give_up("failed: " + reason); }

    /// Waits for a collective, or until a process is lost.
    void finish(const c10::intrusive_ptr<c10d::Work>& work) {
        auto pause = 20us;
        while (!work->isCompleted()) {
            if (const auto who = life_->lost()) throw lost_worker(*who);
            std::this_thread::sleep_for(pause);
            pause = std::min<std::chrono::microseconds>(pause * 2, 1000us);
        }
        try {
            work->wait();
        } catch (const std::exception& e) {
            throw lost_worker(name_of_lost(e.what()));
        }
    }

  private:
    static torch::Tensor as_tensor(std::string& text) {
        return torch::from_blob(text.data(), {static_cast<int64_t>(text.size())}, torch::kUInt8);
    }

    std::vector<int64_t> gather_counts(int64_t count) {
        std::vector<at::Tensor> input = {torch::tensor({count})};
        std::vector<std::vector<at::Tensor>> all(1);
        for (int i = 0; i < size(); ++i) all[0].push_back(torch::empty_like(input[0]));
        finish(group_->allgather(all, input));
        std::vector<int64_t> out;
        for (const auto& tensor : all[0]) out.push_back(tensor.item<int64_t>());
        return out;
    }

    /// A broken connection does not say which process died: the signs of life do, a little later.
    std::string name_of_lost(const std::string& otherwise) const {
        const auto until = std::chrono::steady_clock::now() + settings_.lost_after * 2;
        while (std::chrono::steady_clock::now() < until) {
            if (const auto who = life_->lost()) return *who;
            std::this_thread::sleep_for(10ms);
        }
        return "a connection broke: " + otherwise;
    }

    /// The store ends with this process: wait until the others have reported that they leave.
    void wait_until_all_left() {
        const auto until = std::chrono::steady_clock::now() + settings_.lost_after;
        try {
            for (int rank = 1; rank < size(); ++rank) {
                while (store_->add(prefix_ + "left/" + std::to_string(rank), 0) == 0 &&
                       std::chrono::steady_clock::now() < until)
                    std::this_thread::sleep_for(5ms);
            }
        } catch (const std::exception&) {
            return;
        }
    }

    Membership membership_;
    GroupSettings settings_;
    std::string prefix_;
    c10::intrusive_ptr<c10d::TCPStore> store_;
    std::optional<SignsOfLife> life_;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> group_;
    std::vector<int64_t> counts_;  // of the last gather_rows(), by rank
};

class GlooSum final : public PendingSum {
  public:
    GlooSum(GlooGroup& group, c10::intrusive_ptr<c10d::Work> work) : group_(group), work_(std::move(work)) {}
    void wait() override { group_.finish(work_); }

  private:
    GlooGroup& group_;
    c10::intrusive_ptr<c10d::Work> work_;
};

std::unique_ptr<PendingSum> GlooGroup::sum(const torch::Tensor& buffer) {
    std::vector<at::Tensor> tensors = {buffer};
    return std::make_unique<GlooSum>(*this, group_->allreduce(tensors));
}

}  // namespace

std::unique_ptr<Group> join_group(const Membership& membership, const GroupSettings& settings) {
    try {
        return std::make_unique<GlooGroup>(membership, settings);
    } catch (const Error&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& e) {
        throw Error(ErrorCode::lost_worker,
                    fmt::format("Rank {} of {} cannot join the others at {}:{}: {}", membership.rank, membership.size,
                                membership.address, membership.port, e.what()),
                    "Check that all processes were started, and MASTER_ADDR, MASTER_PORT and GLOO_SOCKET_IFNAME.");
    }
}

}  // namespace rest::distributed
