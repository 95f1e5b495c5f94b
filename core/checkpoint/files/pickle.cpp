// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/pickle.h"

#include "core/base/error.h"

namespace rest::checkpoint {
namespace {

constexpr size_t kMostNodes = 2'000'000;
constexpr size_t kMostItems = 8'000'000;

}  // namespace

PickleReader::PickleReader(std::string_view bytes, std::string file, bool torchscript)
    : bytes_(bytes), file_(std::move(file)), torchscript_(torchscript) {}

void PickleReader::too_large(const std::string& what) const {
    throw Error(ErrorCode::unsupported, file_ + " holds " + what + ", far beyond a state dict",
                "Save the model's state_dict() alone with torch.save.");
}

void PickleReader::damaged(const std::string& what) const {
    throw Error(ErrorCode::damaged,
                file_ + " is damaged: " + what + " (byte " + std::to_string(at_) + " of its pickle)",
                "Copy or download the file again.");
}

std::string_view PickleReader::take(uint64_t bytes) {
    if (bytes > bytes_.size() - at_) damaged("its pickle is cut short");
    const auto part = bytes_.substr(at_, bytes);
    at_ += bytes;
    return part;
}

uint64_t PickleReader::take_number(int bytes) {
    const auto part = take(static_cast<uint64_t>(bytes));
    uint64_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(part[static_cast<size_t>(i)]);
    return value;
}

std::string PickleReader::take_line() {
    const auto end = bytes_.find('\n', at_);
    if (end == std::string_view::npos || end - at_ > kLongestName) damaged("a name has no end");
    std::string line(take(end - at_));
    take(1);
    return line;
}

uint32_t PickleReader::add(PickleNode node) {
    if (nodes_.size() >= kMostNodes) too_large("more than " + std::to_string(kMostNodes) + " values");
    spend(node.items.size());
    nodes_.push_back(std::move(node));
    return static_cast<uint32_t>(nodes_.size() - 1);
}

/// A few bytes can copy a long list repeatedly, so the file's size does not bound the memory.
void PickleReader::spend(size_t items) {
    items_ += items;
    if (items_ > kMostItems) too_large("lists of more than " + std::to_string(kMostItems) + " items");
}

uint32_t PickleReader::pop() {
    const uint32_t value = top();
    stack_.pop_back();
    return value;
}

uint32_t PickleReader::top() const {
    const size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() <= floor) damaged("an operation lacks its value");
    return stack_.back();
}

std::vector<uint32_t> PickleReader::pop_to_mark() {
    if (marks_.empty()) damaged("a mark is missing");
    std::vector<uint32_t> items(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()), stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return items;
}

uint32_t PickleReader::read() {
    stack_.clear();
    marks_.clear();
    memo_.clear();
    while (step()) {
        // One byte can push or memoise a value.
        if (stack_.size() > kMostItems || marks_.size() > kMostNodes || memo_.size() > kMostNodes) {
            too_large("more than " + std::to_string(kMostNodes) + " values");
        }
    }
    const uint32_t root = pop();
    if (!stack_.empty() || !marks_.empty()) damaged("values are left over");
    return root;
}

bool PickleReader::step() {
    const auto opcode = static_cast<unsigned char>(take(1)[0]);
    if (opcode == '.') return false;
    if (!step_value(opcode) && !step_container(opcode) && !step_items(opcode) && !step_memo(opcode) &&
        !step_object(opcode)) {
        throw Error(ErrorCode::unsupported, file_ + ": opcode " + std::to_string(opcode) + " at byte " +
                                                std::to_string(at_ - 1) + " of its pickle is not one of torch.save's");
    }
    return true;
}

}  // namespace rest::checkpoint
