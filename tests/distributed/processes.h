// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

namespace rest::test {

/// What one process of a group printed and returned.
struct Ended {
    int status = -1;  // -1: ended by a signal, or by the test
    std::string output;
};

/// A port of this machine on which nothing listens.
inline int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(socket);
    return ntohs(address.sin_port);
}

/// Runs `size` processes of a program in parallel, each given its rank as by torchrun. Kills those still running after
/// `seconds`.
inline std::vector<Ended> run_group(const QString& program, const QStringList& arguments, int size, int seconds = 60) {
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("WORLD_SIZE", QString::number(size));
    environment.insert("MASTER_ADDR", "127.0.0.1");
    environment.insert("MASTER_PORT", QString::number(free_port()));
    environment.insert("OMP_NUM_THREADS", "1");
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int rank = 0; rank < size; ++rank) {
        environment.insert("RANK", QString::number(rank));
        environment.insert("LOCAL_RANK", QString::number(rank));
        auto& process = *processes.emplace_back(std::make_unique<QProcess>());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
    }
    std::vector<Ended> out;
    for (auto& process : processes) {
        const bool ended = process->waitForFinished(seconds * 1000);
        if (!ended) process->kill();
        process->waitForFinished();
        out.push_back({ended && process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1,
                       process->readAll().toStdString()});
    }
    return out;
}

}  // namespace rest::test
