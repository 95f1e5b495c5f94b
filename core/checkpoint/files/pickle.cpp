// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/pickle.h"

#include <bit>

#include "core/base/error.h"

namespace rest::checkpoint {
namespace {

constexpr size_t kMostNodes = 2'000'000;
constexpr size_t kMostItems = 8'000'000;
constexpr size_t kLongestName = 1000;

bool is_storage_type(std::string_view global) {
    return global.starts_with("torch ") && global.ends_with("Storage") && global.find('.') == std::string_view::npos;
}

/// Values that stand for themselves: nothing is made of them but a name.
bool is_known(std::string_view global) {
    return is_storage_type(global) || global == "collections OrderedDict" || global == "torch Size" ||
           global == "torch device" || global == "torch._utils _rebuild_tensor" ||
           global == "torch._utils _rebuild_tensor_v2" || global == "torch._utils _rebuild_parameter" ||
           global == "torch._utils _rebuild_parameter_with_state";
}

/// TorchScript's module classes, and its wrappers around typed lists.
bool is_torchscript(std::string_view global) {
    return global.starts_with("__torch__.") || global.starts_with("torch.jit._pickle ");
}

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

void PickleReader::refuse(const std::string& global) const {
    throw Error(ErrorCode::unsupported, file_ + " refers to \"" + global + "\", which a state dict does not need",
                "Nothing in it was run. If you trust the file, load it in Python and save its state dict alone.");
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

/// A few bytes can copy a long list again and again, so that the file's size bounds nothing.
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
        // One byte can push or remember a value.
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
        case 'G': {  // big-endian, unlike all else
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
    if (nodes_[to].kind != Kind::list) damaged("something is appended to what is no list");
    spend(items.size());
    auto& all = nodes_[to].items;
    all.insert(all.end(), items.begin(), items.end());
}

void PickleReader::set_items(uint32_t to, std::vector<uint32_t> items) {
    if (nodes_[to].kind != Kind::dict || items.size() % 2 != 0) damaged("an item is set in what is no dictionary");
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
            if (const auto protocol = take_number(1); protocol > 4) {
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

bool PickleReader::step_object(unsigned char opcode) {
    switch (opcode) {
        case 'c': {
            const std::string module = take_line();
            push_global(module, take_line());
            return true;
        }
        case 0x93: {
            const uint32_t name = pop(), module = pop();
            if (nodes_[name].kind != Kind::text || nodes_[module].kind != Kind::text) damaged("a global has no name");
            push_global(nodes_[module].text, nodes_[name].text);
            return true;
        }
        case 'Q': {
            const uint32_t id = pop();
            constexpr size_t kMostFields = 8;
            if (nodes_[id].kind != Kind::list || nodes_[id].items.size() > kMostFields)
                damaged("a storage is not described as torch.save does");
            push({.kind = Kind::storage, .items = nodes_[id].items});
            return true;
        }
        case 'R':
            call();
            return true;
        case 0x81:
            make_object();
            return true;
        case 'b':
            build();
            return true;
        default:
            return false;
    }
}

void PickleReader::push_global(const std::string& module, const std::string& name) {
    if (module.size() + name.size() > kLongestName) damaged("a global's name has no end");
    std::string global = module + " " + name;
    if (!is_known(global) && !(torchscript_ && is_torchscript(global))) refuse(module + "." + name);
    spend(global.size());  // a few bytes can put two long texts together
    push({.kind = Kind::global, .text = std::move(global)});
}

void PickleReader::call() {
    const uint32_t arguments = pop(), callable = pop();
    if (nodes_[callable].kind != Kind::global || nodes_[arguments].kind != Kind::list) {
        damaged("a call has no function or no arguments");
    }
    stack_.push_back(called(nodes_[callable].text, nodes_[arguments].items));
}

/// The arguments lie in nodes_, which add() moves: a node is made whole before it is added.
uint32_t PickleReader::called(const std::string& callable, const std::vector<uint32_t>& arguments) {
    if (callable == "collections OrderedDict") return add(ordered_dict(arguments));
    if (callable == "torch device") return add({.kind = Kind::opaque});
    if (callable.starts_with("torch._utils _rebuild_tensor")) {
        constexpr size_t kNeeded = 4;
        if (arguments.size() < kNeeded) damaged("a tensor is not described as torch.save does");
        return add({.kind = Kind::tensor, .items = {arguments.begin(), arguments.begin() + kNeeded}});
    }
    const bool first_argument = callable.starts_with("torch._utils _rebuild_parameter") || callable == "torch Size" ||
                                callable.starts_with("torch.jit._pickle ");
    if (!first_argument || arguments.empty()) refuse(callable + "(...)");
    return arguments[0];
}

PickleNode PickleReader::ordered_dict(const std::vector<uint32_t>& arguments) {
    PickleNode dict{.kind = Kind::dict};
    if (arguments.empty()) return dict;
    spend(2 * nodes_[arguments[0]].items.size());  // before the copy is made
    for (const uint32_t pair : nodes_[arguments[0]].items) {
        const auto& items = nodes_[pair].items;
        if (nodes_[pair].kind != Kind::list || items.size() != 2) damaged("an OrderedDict holds what is no pair");
        dict.items.insert(dict.items.end(), items.begin(), items.end());
    }
    return dict;
}

void PickleReader::make_object() {
    pop();  // arguments: modules and dictionaries have none
    const uint32_t type = pop();
    const auto& global = nodes_[type];
    const bool known = global.text == "collections OrderedDict" || global.text.starts_with("__torch__.");
    if (global.kind != Kind::global || !known) refuse(global.text);
    push({.kind = Kind::dict});
}

void PickleReader::build() {
    const uint32_t state = pop(), object = top();
    // A module's attributes are its state. An OrderedDict's state is only what hangs on it ("_metadata").
    const bool module = torchscript_ && nodes_[object].kind == Kind::dict && nodes_[object].items.empty();
    if (module && nodes_[state].kind == Kind::dict && state != object) set_items(object, nodes_[state].items);
}

}  // namespace rest::checkpoint
