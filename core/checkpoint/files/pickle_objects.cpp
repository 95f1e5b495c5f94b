// SPDX-License-Identifier: GPL-3.0-or-later
// What the globals, calls and objects of a state dict's pickle mean. Nothing is looked up or run: these names stand for
// what is built here, and every other is refused.
#include "core/base/error.h"
#include "core/checkpoint/files/pickle.h"

namespace rest::checkpoint {
namespace {

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

void PickleReader::refuse(const std::string& global) const {
    throw Error(ErrorCode::unsupported, file_ + " refers to \"" + global + "\", which a state dict does not need",
                "Nothing in it was run. If you trust the file, load it in Python and save its state dict alone.");
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
