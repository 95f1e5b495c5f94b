// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/first_paint.h"

#include <time.h>
#include <unistd.h>

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <fstream>
#include <string>

#include "core/base/log.h"

namespace rest::ui {

namespace {

double secondsSinceBoot() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// When the system started this process, before loading any library. Precise to a hundredth of a second.
double startSinceBoot() {
    constexpr int start_field = 22;
    std::ifstream file("/proc/self/stat");
    std::string field;
    std::getline(file, field, ')');  // the name may contain spaces
    for (int i = 3; i <= start_field; ++i) file >> field;
    return std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

FirstPaint::FirstPaint(QWidget* window) : QObject(window) {
    window->installEventFilter(this);
}

bool FirstPaint::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        // After the event and everything painted with it.
        QTimer::singleShot(0, this, [this] {
            spdlog::info("first paint {:.2f} s after the start", secondsSinceBoot() - startSinceBoot());
            deleteLater();
        });
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace rest::ui
