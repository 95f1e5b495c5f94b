// SPDX-License-Identifier: GPL-3.0-or-later
// rest-studio [PROJECT | FILE.study] [--demo] [--tour DIR] [--theme auto|light|dark]
#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>
#include <string_view>

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

bool asksForHelp(int argc, char** argv) {
    return std::any_of(argv + 1, argv + argc, [](const char* word) {
        const std::string_view option = word;
        return option == "--help" || option == "-h";
    });
}

}  // namespace

int main(int argc, char** argv) {
    using namespace rest;
    if (asksForHelp(argc, argv)) qputenv("QT_QPA_PLATFORM", "offscreen");  // help needs no display
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("rest-studio"));
    QApplication::setOrganizationName(QStringLiteral("rest-studio"));
    QApplication::setApplicationVersion(QStringLiteral(REST_VERSION));
    QApplication::setApplicationDisplayName(QStringLiteral("REST Studio"));
    QApplication::setDesktopFileName(QStringLiteral("rest-studio"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Trains video captioners without labels and shows how captions evolve."));
    parser.addHelpOption();
    const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Open the demo project."));
    const QCommandLineOption tour(QStringLiteral("tour"),
                                  QStringLiteral("Write a picture of every page into DIR and quit."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("auto, light or dark."),
                                   QStringLiteral("NAME"), QStringLiteral("auto"));
    parser.addOptions({demo, tour, theme});
    parser.addPositionalArgument(QStringLiteral("PROJECT"),
                                 QStringLiteral("A project folder (NAME.rest), or a study file to rate (NAME.study)."),
                                 QStringLiteral("[PROJECT | FILE.study]"));
    if (!parser.parse(QApplication::arguments())) return refuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) parser.showHelp(0);
    const auto chosen = ui::themeFromString(parser.value(theme));
    if (!chosen)
        return refuse(QStringLiteral("There is no theme \"%1\"; use auto, light or dark.").arg(parser.value(theme)));
    if (parser.positionalArguments().size() > 1) return refuse(QStringLiteral("Only one project can be opened."));
    const QString project = parser.positionalArguments().value(0);

    start_logging({.file = state_dir() / "rest-studio.log", .to_stderr = false, .verbose = false});
    spdlog::info("rest-studio {} starts, Qt {}", REST_VERSION, qVersion());
    ui::ThemeManager themes(*chosen);
    ui::MainWindow window;
    if (parser.isSet(tour)) {
        ui::Tour guide(window, themes, parser.value(tour), project);
        guide.start();
        return QApplication::exec();
    }
    ui::SessionKeeper keeper(window);
    ui::QueueKeeper queue(window);
    new ui::FirstPaint(&window);
    window.show();
    const QString file = QFileInfo(project).absoluteFilePath();
    if (project.endsWith(QLatin1String(".study"))) {
        window.openStudy(file);
    } else if (!project.isEmpty()) {
        window.openProject(file);
    }
    if (parser.isSet(demo)) window.openDemo();
    keeper.offerEarlier();
    queue.offerEarlier();
    return QApplication::exec();
}
