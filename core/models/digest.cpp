// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <vector>

#include "core/base/file_error.h"
#include "core/base/strings.h"

namespace rest::models {

namespace fs = std::filesystem;

const char* to_string(DigestKind kind) {
    return kind == DigestKind::sha256 ? "sha256" : "git_sha1";
}

FileDigest digest_from_etag(std::string_view etag) {
    constexpr size_t kSha256 = 64, kSha1 = 40;
    etag = trimmed(etag);
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
    const bool hex = etag.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (!hex || (etag.size() != kSha256 && etag.size() != kSha1)) return {};
    return {etag.size() == kSha256 ? DigestKind::sha256 : DigestKind::git_sha1, ascii_lower(etag)};
}

struct DigestMaker::Impl {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

DigestMaker::DigestMaker(DigestKind kind, uint64_t bytes) : impl_(std::make_unique<Impl>()) {
    const EVP_MD* const type = kind == DigestKind::sha256 ? EVP_sha256() : EVP_sha1();
    if (!impl_->context || EVP_DigestInit_ex(impl_->context.get(), type, nullptr) != 1) {
        throw Error(ErrorCode::unsupported, std::string("OpenSSL does not compute ") + to_string(kind) + " here",
                    "Its configuration may forbid it (FIPS): allow it for this program.");
    }
    // The terminating zero is part of the header.
    if (kind == DigestKind::git_sha1) add("blob " + std::to_string(bytes) + std::string(1, '\0'));
}

DigestMaker::~DigestMaker() = default;

void DigestMaker::add(std::string_view piece) {
    EVP_DigestUpdate(impl_->context.get(), piece.data(), piece.size());
}

std::string DigestMaker::hex() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(impl_->context.get(), bytes.data(), &size);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += kDigits[bytes[i] >> 4];
        hex += kDigits[bytes[i] & 15];
    }
    return hex;
}

std::string file_digest(const fs::path& file, DigestKind kind, Task& task, int64_t before) {
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in) throw Error(ErrorCode::not_found, "Cannot read " + file.string(), "Check that it is there.");
    DigestMaker digest(kind, bytes);
    std::vector<char> piece(size_t{1} << 20);
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
        task.check();
        digest.add({piece.data(), static_cast<size_t>(in.gcount())});
        before += in.gcount();
        task.advance(before);
    }
    if (in.bad()) throw file_error("Cannot read", file, EIO);
    return digest.hex();
}

}  // namespace rest::models
