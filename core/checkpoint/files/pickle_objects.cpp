// SPDX-License-Identifier: GPL-3.0-or-later
// What the globals, calls and objects of a state dict's pickle mean. Nothing is looked up or run: a few names are built
// in, and the results of all others stay opaque.
#include "core/base/error.h"
#include "core/checkpoint/files/pickle.h"

namespace rest::checkpoint {
namespace {

bool is_rebuilt_type(std::string_view global) {
    return global == "torch._tensor _rebuild_from_type_v2" || global == "torch._tensor _rebuild_from_type";
}

/// Calls that make a plain tensor of `storage`, from its first four arguments.
bool is_plain_tensor(std::string_view global) {
    return global == "torch._utils _rebuild_tensor" || global == "torch._utils _rebuild_tensor_v2";
}

/// Calls that we treat as returning their first argument.
bool gives_first_argument(std::string_view global, bool torchscript) {
    return global == "torch._utils _rebuild_parameter" || global == "torch._utils _rebuild_parameter_with_state" ||
           global == "torch Size" || (torchscript && global.starts_with("torch.jit._pickle "));
}

/// TorchScript's module classes, whose state is a list of attributes.
bool is_module_class(std::string_view global) {
    return global.starts_with("__torch__.");
}

/// "module name" as Python writes it.
std::string dotted(std::string global) {
    if (const auto blank = global.rfind(' '); blank != std::string::npos) global[blank] = '.';
    return global;
}

}  // namespace

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
        case 0x92:
            pop();  // keyword arguments, then as 0x81
            [[fallthrough]];
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
    spend(global.size());  // a few bytes can concatenate two long texts
    push({.kind = Kind::global, .text = std::move(global)});
}

uint32_t PickleReader::opaque(const PickleNode& made_by) {
    std::string name = dotted(made_by.text);
    spend(name.size());
    return add({.kind = Kind::opaque, .text = std::move(name)});
}

void PickleReader::call() {
    const uint32_t arguments = pop(), callable = pop();
    const auto kind = nodes_[callable].kind;
    if ((kind != Kind::global && kind != Kind::opaque) || nodes_[arguments].kind != Kind::list) {
        damaged("a call has no function or no arguments");
    }
    // Calling an opaque value makes another one.
    if (kind == Kind::opaque) return stack_.push_back(opaque(nodes_[callable]));
    const uint32_t made = called(nodes_[callable].text, nodes_[arguments].items);
    stack_.push_back(made == kNothing ? opaque(nodes_[callable]) : made);
}

/// kNothing for an unknown callable. The arguments are in nodes_, which add() reallocates: a node is completed before
/// it is added.
uint32_t PickleReader::called(const std::string& callable, const std::vector<uint32_t>& arguments) {
    if (callable == "collections OrderedDict") return add(ordered_dict(arguments));
    if (is_plain_tensor(callable)) {
        constexpr size_t kNeeded = 4;
        if (arguments.size() < kNeeded) damaged("a tensor is not described as torch.save does");
        return add({.kind = Kind::tensor, .items = {arguments.begin(), arguments.begin() + kNeeded}});
    }
    if (is_rebuilt_type(callable)) return rebuilt(arguments);
    return gives_first_argument(callable, torchscript_) && !arguments.empty() ? arguments[0] : kNothing;
}

/// _rebuild_from_type_v2(function, type, arguments, state): a subclass of Tensor is read as the underlying tensor.
uint32_t PickleReader::rebuilt(const std::vector<uint32_t>& arguments) {
    constexpr size_t kNeeded = 3;
    if (arguments.size() < kNeeded) damaged("a tensor is not described as torch.save does");
    const auto &function = nodes_[arguments[0]], &inner = nodes_[arguments[2]];
    const bool plain = function.kind == Kind::global && inner.kind == Kind::list && !is_rebuilt_type(function.text);
    const uint32_t made = plain ? called(function.text, inner.items) : kNothing;
    return made == kNothing ? opaque(nodes_[arguments[0]]) : made;
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
    pop();  // arguments: only the class knows what they mean
    const uint32_t type = pop();
    const auto& global = nodes_[type];
    if (global.kind != Kind::global && global.kind != Kind::opaque) damaged("an object has no class");
    const bool dict = global.text == "collections OrderedDict" || (torchscript_ && is_module_class(global.text));
    stack_.push_back(dict ? add({.kind = Kind::dict}) : opaque(global));
}

void PickleReader::build() {
    const uint32_t state = pop(), object = top();
    auto& built = nodes_[object];
    // A module's attributes are its state. An OrderedDict's state is only its extra attributes ("_metadata").
    const bool module = torchscript_ && built.kind == Kind::dict && built.items.empty();
    if (module && nodes_[state].kind == Kind::dict && state != object) return set_items(object, nodes_[state].items);
    if (built.kind != Kind::opaque) return;
    spend(1);
    built.items = {state};
}

}  // namespace rest::checkpoint
