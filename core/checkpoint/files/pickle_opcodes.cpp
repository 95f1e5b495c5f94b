// SPDX-License-Identifier: GPL-3.0-or-later
// The opcodes of plain values, containers and the memo. pickle_objects.cpp has those of objects.
#include <bit>

#include "core/base/error.h"
#include "core/checkpoint/files/pickle.h"

namespace rest::checkpoint {

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
    if (nodes_[to].kind != Kind::list) damaged("an append to a value that is not a list");
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
    if (kind != Kind::dict || items.size() % 2 != 0) damaged("an item set in a value that is not a dictionary");
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
        default:
            return false;
    }
}

/// Opcodes that fill containers or only move values on the stack.
bool PickleReader::step_items(unsigned char opcode) {
    switch (opcode) {
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
        if (found == memo_.end()) damaged("a value is used before it is defined");
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
