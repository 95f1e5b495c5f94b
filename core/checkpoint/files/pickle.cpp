// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/pickle.h"

#include <bit>

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
    if (!step_value(opcode) && !step_container(opcode) && !step_memo(opcode) && !step_object(opcode)) {
        throw Error(ErrorCode::unsupported, file_ + ": opcode " + std::to_string(opcode) + " at byte " +
                                                std::to_string(at_ - 1) + " of its pickle is not one of torch.save's");
    }
    return true;
}

void PickleReader::push_text(uint64_t size) {
    push({.kind = Kind::text, .text = std::string(take(size))});
}

void PickleReader::push_long(uint64_t size) {
    const auto raw = take(size);
    if (size > 8) {
        push({.kind = Kind::text, .text = std::string(raw)});
        return;
    }
    uint64_t value = size > 0 && (raw.back() & 0x80) != 0 ? ~uint64_t{0} : 0;
    for (size_t i = raw.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(raw[i]);
    push({.kind = Kind::integer, .integer = static_cast<int64_t>(value)});
}

bool PickleReader::step_value(unsigned char opcode) {
    const auto push_integer = [&](int64_t value) { push({.kind = Kind::integer, .integer = value}); };
    switch (opcode) {
        case 'N':
            push({});
            return true;
        case 0x88:
            push({.kind = Kind::boolean, .integer = 1});
            return true;
        case 0x89:
            push({.kind = Kind::boolean, .integer = 0});
            return true;
        case 'J':
            push_integer(static_cast<int32_t>(take_number(4)));
            return true;
        case 'K':
            push_integer(static_cast<int64_t>(take_number(1)));
            return true;
        case 'M':
            push_integer(static_cast<int64_t>(take_number(2)));
            return true;
        case 0x8a:
            push_long(take_number(1));
            return true;
        case 0x8b:
            push_long(take_number(4));
            return true;
        case 'G': {  // big-endian, unlike everything else
            uint64_t bits = 0;
            for (const char byte : take(8)) bits = bits << 8 | static_cast<unsigned char>(byte);
            push({.kind = Kind::real, .real = std::bit_cast<double>(bits)});
            return true;
        }
        case 'X':
        case 'T':
        case 'B':
            push_text(take_number(4));
            return true;
        case 'U':
        case 'C':
        case 0x8c:
            push_text(take_number(1));
            return true;
        case 0x8d:
        case 0x8e:
        case 0x96:  // bytearray
            push_text(take_number(8));
            return true;
        default:
            return false;
    }
}

void PickleReader::push_tuple(size_t count) {
    std::vector<uint32_t> items(count);
    for (size_t i = count; i-- > 0;) items[i] = pop();
    push({.kind = Kind::list, .items = std::move(items)});
}

void PickleReader::append(uint32_t to, std::vector<uint32_t> items) {
    if (nodes_[to].kind == Kind::opaque) return;  // a subclass of list: it holds no tensors by name
    if (nodes_[to].kind != Kind::list) damaged("something is appended to what is no list");
    spend(items.size());
    auto& all = nodes_[to].items;
    all.insert(all.end(), items.begin(), items.end());
}

void PickleReader::set_items(uint32_t to, std::vector<uint32_t> items) {
    auto& kind = nodes_[to].kind;
    if (kind == Kind::opaque) {  // a subclass of dict
        kind = Kind::dict;
        nodes_[to].items.clear();
    }
    if (kind != Kind::dict || items.size() % 2 != 0) damaged("an item is set in what is no dictionary");
    spend(items.size());
    auto& all = nodes_[to].items;
    all.insert(all.end(), items.begin(), items.end());
}

bool PickleReader::step_container(unsigned char opcode) {
    const auto push_list = [&](std::vector<uint32_t> items) { push({.kind = Kind::list, .items = std::move(items)}); };
    switch (opcode) {
        case '(':
            marks_.push_back(stack_.size());
            return true;
        case ')':
        case ']':
        case 0x8f:
            push_list({});
            return true;
        case 't':
        case 'l':
        case 0x91:  // frozenset
            push_list(pop_to_mark());
            return true;
        case 0x85:
            push_tuple(1);
            return true;
        case 0x86:
            push_tuple(2);
            return true;
        case 0x87:
            push_tuple(3);
            return true;
        case '}':
            push({.kind = Kind::dict});
            return true;
        case 'a': {
            const uint32_t item = pop();
            append(top(), {item});
            return true;
        }
        case 's': {
            const uint32_t value = pop(), key = pop();
            set_items(top(), {key, value});
            return true;
        }
        case 'e':
        case 0x90: {
            auto items = pop_to_mark();
            append(top(), std::move(items));
            return true;
        }
        case 'u': {
            auto items = pop_to_mark();
            set_items(top(), std::move(items));
            return true;
        }
        case '0':
            pop();
            return true;
        case '1':
            pop_to_mark();
            return true;
        case '2':
            stack_.push_back(top());
            return true;
        default:
            return false;
    }
}

bool PickleReader::step_memo(unsigned char opcode) {
    const auto get = [&](uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) damaged("a value is used before it is there");
        stack_.push_back(found->second);
    };
    switch (opcode) {
        case 0x80:
            if (const auto protocol = take_number(1); protocol > 5) {
                throw Error(ErrorCode::unsupported, file_ + " is of pickle protocol " + std::to_string(protocol));
            }
            return true;
        case 0x95:
            take_number(8);
            return true;  // a frame's size: the frame itself follows in the stream
        case 'q':
            memo_[take_number(1)] = top();
            return true;
        case 'r':
            memo_[take_number(4)] = top();
            return true;
        case 0x94:
            memo_[memo_.size()] = top();
            return true;
        case 'h':
            get(take_number(1));
            return true;
        case 'j':
            get(take_number(4));
            return true;
        default:
            return false;
    }
}

}  // namespace rest::checkpoint
