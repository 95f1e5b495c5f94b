// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/group.h"

namespace rest::distributed {
namespace {

class Nothing final : public PendingSum {
  public:
    void wait() override {}
};

class LoneGroup final : public Group {
  public:
    int rank() const override { return 0; }
    int size() const override { return 1; }
    std::unique_ptr<PendingSum> sum(const torch::Tensor&) override { return std::make_unique<Nothing>(); }
    std::string broadcast(std::string text) override { return text; }
    void broadcast(const torch::Tensor&) override {}
    std::vector<std::string> gather(const std::string& text) override { return {text}; }
    torch::Tensor gather_rows(const torch::Tensor& rows) override { return rows; }
    void give_up(const std::string&) noexcept override {}
};

}  // namespace

std::unique_ptr<Group> make_lone_group() {
    return std::make_unique<LoneGroup>();
}

}  // namespace rest::distributed
