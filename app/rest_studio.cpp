// SPDX-License-Identifier: GPL-3.0-or-later
// `rest-studio`: the window. app/studio defines its options.
#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "app/studio/studio_options.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "ui/look/theme.h"
#include "ui/shell/first_paint.h"
#include "ui/shell/main_window.h"
#include "ui/shell/queue_keeper.h"
#include "ui/shell/session_keeper.h"
#include "ui/tour/tour.h"

namespace {

constexpr int wrong_usage = 2;

int refuse(const QString& message) {
    std::fputs(qPrintable(message + QChar('\n')), stderr);
    return wrong_usage;
}

/// What is to be opened, and whether it is a study to rate. A project is a folder, or given by the database in it, as
/// file managers do.
struct Opened {
    QString path;
    bool study = false;
};

Opened openedBy(const QString& given) {
    if (given.isEmpty()) return {};
    const QFileInfo file(given);
    if (file.fileName() == QLatin1String("project.sqlite")) return {file.absolutePath(), false};
    return {file.absoluteFilePath(), given.endsWith(QLatin1String(".study")) || file.isFile()};
}

/// Qt removes its own options from the arguments when the application is created; help and version need no display.
bool needsNoDisplay(int argc, char** argv) {
    return std::any_of(argv + 1, argv + argc, [](const char* word) {
        const std::string_view option = word;
        return option == "--help" || option == "-h" || option == "--version" || option == "-v";
    });
}

}  // namespace

int main(int argc, char** argv) {
    using namespace rest;
    if (needsNoDisplay(argc, argv)) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("rest-studio"));
    QApplication::setOrganizationName(QStringLiteral("rest-studio"));
    QApplication::setApplicationVersion(QStringLiteral(REST_VERSION));
    QApplication::setApplicationDisplayName(QStringLiteral("REST Studio"));
    QApplication::setDesktopFileName(QStringLiteral("io.github.rest_studio.RestStudio"));

    app::StudioOptions options;
    CLI::App line;
    app::define_studio(line, options);
    try {
        line.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return line.exit(e) == 0 ? 0 : wrong_usage;
    }
    const auto chosen = ui::themeFromString(QString::fromStdString(options.theme));
    if (!chosen)
        return refuse(QStringLiteral("There is no theme \"%1\"; use auto, light or dark.")
                          .arg(QString::fromStdString(options.theme)));
    const QString given = QFile::decodeName(options.opened.c_str());

    start_logging({.file = state_dir() / "rest-studio.log", .to_stderr = false, .verbose = false});
    spdlog::info("rest-studio {} starts, Qt {}", REST_VERSION, qVersion());
    ui::ThemeManager themes(*chosen);
    ui::MainWindow window;
    if (!options.tour.empty()) {
        ui::Tour guide(window, themes, QFile::decodeName(options.tour.c_str()), given);
        guide.start();
        return QApplication::exec();
    }
    ui::SessionKeeper keeper(window);
    ui::QueueKeeper queue(window);
    new ui::FirstPaint(&window);
    window.show();
    const auto opened = openedBy(given);
    if (opened.study) {
        window.openStudy(opened.path);
    } else if (!opened.path.isEmpty()) {
        window.openProject(opened.path);
    }
    if (options.demo) window.openDemo();
    keeper.offerEarlier();
    queue.offerEarlier();
    return QApplication::exec();
}
