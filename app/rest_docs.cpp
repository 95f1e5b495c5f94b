// SPDX-License-Identifier: GPL-3.0-or-later
// rest-docs FOLDER VERSION DATE: man pages and shell completions of `rest` and `rest-studio`. Run by their build.
#include <cstdio>
#include <filesystem>

#include "app/commands/command_line.h"
#include "app/commands/option_values.h"
#include "app/docs/completion.h"
#include "app/docs/man_page.h"
#include "app/studio/studio_options.h"
#include "core/base/atomic_file.h"

namespace {

namespace fs = std::filesystem;
using namespace rest::app;

/// Laid out as under an installation's share/.
class DocsFolder {
  public:
    explicit DocsFolder(fs::path folder) : folder_(std::move(folder)) { fs::remove_all(folder_); }

    void put(const fs::path& file, const std::string& text) const {
        fs::create_directories((folder_ / file).parent_path());
        rest::write_file_atomically(folder_ / file, text);
    }

  private:
    fs::path folder_;
};

std::string page_of(const CommandDoc& command) {
    return joined(command.path, "-");
}

void write_pages(const DocsFolder& folder, const CommandDoc& program, const ManStamp& stamp, const std::string& other) {
    for (const auto* command : all_commands(program)) {
        std::vector<std::string> see = {command->path.size() == 1 ? other : page_of(program) + "(1)"};
        if (command == &program && !program.commands.empty()) see.emplace_back("rest-settings(7)");
        folder.put("man/man1/" + page_of(*command) + ".1", man_page(*command, stamp, see));
    }
}

void write_completions(const DocsFolder& folder, const CommandDoc& program, const ValueWords& words) {
    const auto& name = program.path[0];
    folder.put("bash-completion/completions/" + name, bash_completion(program, words));
    folder.put("zsh/vendor-completions/_" + name, zsh_completion(program, words));
    folder.put("fish/vendor_completions.d/" + name + ".fish", fish_completion(program, words));
}

void write_docs(const DocsFolder& folder, const ManStamp& stamp) {
    Console console;
    CLI::App rest_app, studio_app;
    define_command_line(rest_app, console);
    StudioOptions options;
    define_studio(studio_app, options);
    const auto words = value_words();
    const auto rest = describe(rest_app, "rest", words);
    const auto studio = describe(studio_app, "rest-studio", words);
    write_pages(folder, rest, stamp, "rest-studio(1)");
    write_pages(folder, studio, stamp, "rest(1)");
    folder.put("man/man7/rest-settings.7", settings_page(stamp));
    write_completions(folder, rest, words);
    write_completions(folder, studio, words);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("rest-docs FOLDER VERSION DATE\n", stderr);
        return 2;
    }
    try {
        write_docs(DocsFolder(argv[1]), {.version = argv[2], .date = argv[3]});
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
