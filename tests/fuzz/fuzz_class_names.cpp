// SPDX-License-Identifier: GPL-3.0-or-later
// A list of class names, one per line, and how names are read and compared.
#include "core/base/strings.h"
#include "core/dataset/dataset.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    const auto path = scratch.put("classes.txt", bytes);
    return outcome_of(
        [&] {
            const auto names = evaluation::read_class_list(path);
            promise(!names.empty() && names.size() <= bytes.size(), "a class has a letter");
            const evaluation::ClassNames classes(names);
            promise(classes.names().size() + classes.doubles().size() <= names.size(), "no class is made up");
            for (const auto& name : names) {
                const auto readable = dataset::readable_class_name(name);
                promise(readable == collapse_blanks(readable), "readable names hold single blanks");
                promise(readable.size() <= 2 * name.size(), "a name grows by blanks alone");
                const int found = classes.find(name);
                promise(found >= -1 && found < std::ssize(classes.names()), "a name is one of the classes");
            }
        },
        "classes.txt");
}

}  // namespace rest::fuzz
