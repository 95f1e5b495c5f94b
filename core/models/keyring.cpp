// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/keyring.h"

#ifdef REST_KEYRING
#include <libsecret/secret.h>
#endif

#include "core/base/error.h"
#include "core/base/log.h"

namespace rest::models {

#ifdef REST_KEYRING
namespace {

const SecretSchema* schema() {
    static const SecretSchema made = {"org.rest_studio.HubToken",
                                      SECRET_SCHEMA_NONE,
                                      {{"endpoint", SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, {}}},
                                      0,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr};
    return &made;
}

std::string taken(GError* error) {
    std::string message = error == nullptr ? "" : error->message;
    g_clear_error(&error);
    return message;
}

}  // namespace

std::string keyring_token(const std::string& endpoint) {
    GError* error = nullptr;
    char* const found = secret_password_lookup_sync(schema(), nullptr, &error, "endpoint", endpoint.c_str(), nullptr);
    if (const auto message = taken(error); !message.empty()) spdlog::info("No token from the keyring: {}", message);
    const std::string token = found == nullptr ? "" : found;
    secret_password_free(found);
    return token;
}

void keep_keyring_token(const std::string& endpoint, const std::string& token) {
    GError* error = nullptr;
    if (token.empty())
        secret_password_clear_sync(schema(), nullptr, &error, "endpoint", endpoint.c_str(), nullptr);
    else
        secret_password_store_sync(schema(), SECRET_COLLECTION_DEFAULT, ("REST Studio: token of " + endpoint).c_str(),
                                   token.c_str(), nullptr, &error, "endpoint", endpoint.c_str(), nullptr);
    const auto message = taken(error);
    if (message.empty()) return;
    throw Error(ErrorCode::io, "The desktop's keyring does not answer: " + message,
                "Set HF_TOKEN, or keep the token in the file that `hf auth login` writes.");
}
#else
std::string keyring_token(const std::string&) {
    return {};
}

void keep_keyring_token(const std::string&, const std::string&) {
    throw Error(ErrorCode::unsupported, "This REST Studio was built without libsecret: it cannot use a keyring",
                "Set HF_TOKEN, or keep the token in the file that `hf auth login` writes.");
}
#endif

}  // namespace rest::models
