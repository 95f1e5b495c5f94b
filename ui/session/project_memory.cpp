// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_memory.h"

#include <QJsonDocument>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

constexpr size_t largest_file = size_t{1} << 20;

std::filesystem::path fileOf(const QString& project) {
    return path(project) / "window.json";
}

}  // namespace

QJsonObject projectMemory(const QString& project) {
    try {
        return QJsonDocument::fromJson(QByteArray::fromStdString(read_file(fileOf(project), largest_file))).object();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) spdlog::warn("{}", error.full_text());
        return {};
    }
}

void remember(const QString& project, const QString& name, const QJsonValue& value) {
    QJsonObject memory = projectMemory(project);
    if (memory.value(name) == value) return;
    memory[name] = value;
    try {
        write_file_atomically(fileOf(project), QJsonDocument(memory).toJson().toStdString());
    } catch (const Error& error) {
        spdlog::warn("{}", error.full_text());
    }
}

}  // namespace rest::ui
