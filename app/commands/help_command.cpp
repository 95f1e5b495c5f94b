// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "core/help/plain_text.h"
#include "core/help/topics.h"

namespace rest::app {
namespace {

struct HelpOptions {
    std::string topic;
    std::string find;
    bool markdown = false;
};

std::string listing(const std::vector<help::Topic>& topics) {
    std::string text;
    for (const auto& topic : topics) text += fmt::format("{:<16} {}\n", topic.name, topic.title);
    return text.empty() ? text : text.substr(0, text.size() - 1);
}

void run_help(const HelpOptions& o, Console& console) {
    if (!o.topic.empty()) {
        const auto text = help::topic_text(o.topic);
        return console.print(o.markdown ? text : help::plain_text(text));
    }
    const auto topics = help::topics_about(o.find);
    if (topics.empty())
        throw Error(ErrorCode::not_found, fmt::format("No topic has all the words of \"{}\"", o.find),
                    "Try fewer words; `rest help` lists the topics.");
    console.print(listing(topics));
}

}  // namespace

void add_help(CLI::App& app, Console& console) {
    auto o = std::make_shared<HelpOptions>();
    auto* command = app.add_subcommand("help", "Show a page of the manual, or list its topics");
    command->add_option("topic", o->topic, "Topic; all are listed without one");
    command->add_option("--find", o->find, "List the topics that have all of these words")->excludes("topic");
    command->add_flag("--markdown", o->markdown, "Print the page as Markdown");
    command->callback([o, &console] { run_help(*o, console); });
}

}  // namespace rest::app
