// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rest::checkpoint {

/// A value of a pickle. Children are indices into PickleReader::nodes(), so that cyclic values neither leak nor
/// recurse.
struct PickleNode {
    enum class Kind {
        none,
        boolean,
        integer,
        real,
        text,     // str, bytes, and integers of more than 64 bits (their little-endian bytes)
        list,     // list, tuple, set: items
        dict,     // dict, its subclasses and a TorchScript module's attributes: items are key, value, key, value, ...
        global,   // text: "module name"
        storage,  // persistent id; items: "storage", type, key, location, number of elements
        tensor,   // items: storage, offset, size, stride
        opaque,   // the result of any other class or function; text: its "module.name"; items: its state, if any
    };
    Kind kind = Kind::none;
    int64_t integer = 0;
    double real = 0;
    std::string text;
    std::vector<uint32_t> items;
};

/// Reads the pickles of torch.save (protocols 2 to 5) and executes nothing: the few globals that state dicts need are
/// built in here. The result of any other (a NumPy number, an argparse.Namespace, a user's class) becomes an opaque
/// value; nothing is looked up, imported or run. Throws Error (damaged, unsupported) naming `file`.
class PickleReader {
  public:
    /// `bytes` must outlive the reader. TorchScript archives name their module classes, which denote attribute lists.
    PickleReader(std::string_view bytes, std::string file, bool torchscript);

    /// Reads the next pickle and returns its value; position() is then just past it.
    uint32_t read();
    size_t position() const { return at_; }
    const std::vector<PickleNode>& nodes() const { return nodes_; }
    const PickleNode& node(uint32_t index) const { return nodes_[index]; }

  private:
    using Kind = PickleNode::Kind;
    static constexpr size_t kLongestName = 1000;
    static constexpr uint32_t kNothing = 0xffffffff;

    [[noreturn]] void damaged(const std::string& what) const;
    [[noreturn]] void too_large(const std::string& what) const;

    std::string_view take(uint64_t bytes);
    uint64_t take_number(int bytes);
    std::string take_line();

    uint32_t add(PickleNode node);
    void spend(size_t items);
    void push(PickleNode node) { stack_.push_back(add(std::move(node))); }
    uint32_t pop();
    uint32_t top() const;
    std::vector<uint32_t> pop_to_mark();

    bool step();  // false at the end of a pickle
    bool step_value(unsigned char opcode);
    bool step_container(unsigned char opcode);
    bool step_memo(unsigned char opcode);
    bool step_object(unsigned char opcode);
    void push_text(uint64_t size);
    void push_long(uint64_t size);
    void push_tuple(size_t count);
    void append(uint32_t to, std::vector<uint32_t> items);
    void set_items(uint32_t to, std::vector<uint32_t> items);
    void push_global(const std::string& module, const std::string& name);
    void call();
    void make_object();
    void build();
    uint32_t called(const std::string& callable, const std::vector<uint32_t>& arguments);
    uint32_t rebuilt(const std::vector<uint32_t>& arguments);
    uint32_t opaque(const PickleNode& made_by);  // the result of that global, or of calling what it made
    PickleNode ordered_dict(const std::vector<uint32_t>& arguments);

    std::string_view bytes_;
    std::string file_;
    bool torchscript_;
    size_t at_ = 0;
    size_t items_ = 0;  // in all nodes together
    std::vector<PickleNode> nodes_;
    std::vector<uint32_t> stack_;
    std::vector<size_t> marks_;
    std::unordered_map<uint64_t, uint32_t> memo_;
};

}  // namespace rest::checkpoint
