// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/study/schema.h"
#include "core/study/study_impl.h"
#include "core/text/file_text.h"

namespace rest::study {
namespace {

const std::string kAnswers =
    "SELECT annotator, clip, sequence, sitting, choice, reason, milliseconds, replays, time FROM answers a ";
/// The SQL condition that selects the current answer per annotator and clip from the log.
const std::string kIsCurrent =
    "NOT EXISTS (SELECT 1 FROM answers b WHERE b.annotator = a.annotator AND b.clip = a.clip AND "
    "(b.sequence, b.time, b.sitting) > (a.sequence, a.time, a.sitting)) ";

std::vector<Answer> read_answers(const Study::Impl& impl, store::Query& query) {
    std::vector<Answer> found;
    while (query.next()) {
        Answer a;
        a.annotator = query.text(0);
        a.clip = query.integer(1);
        a.sequence = query.integer(2);
        a.sitting = query.text(3);
        a.choice = impl.enum_value(query.number(4), Choice::withdrawn);
        a.reason = query.text(5);
        a.milliseconds = query.integer(6);
        a.replays = query.integer(7);
        a.time = query.text(8);
        found.push_back(std::move(a));
    }
    return found;
}

constexpr const char* kPutAnnotator = "INSERT INTO annotators (uuid, code, created) VALUES (?1, ?2, ?3)";

/// In UTF-8 characters, as the schema counts.
size_t characters(const std::string& text) {
    size_t n = 0;
    for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return n;
}

}  // namespace

std::vector<Annotator> Study::annotators() const {
    return impl_->db.run([&] {
        std::vector<Annotator> found;
        auto query = impl_->db.query("SELECT uuid, code, created FROM annotators ORDER BY code");
        query.with();
        while (query.next()) found.push_back({query.text(0), query.text(1), query.text(2)});
        return found;
    });
}

std::optional<Annotator> Study::find_annotator(const std::string& code) const {
    // Not in SQL: codes in older studies may be stored decomposed (NFD), as typed on a Mac.
    const std::string wanted = text::lower_name(collapse_blanks(code));
    for (const auto& annotator : annotators()) {
        if (text::lower_name(annotator.code) == wanted) return annotator;
    }
    return std::nullopt;
}

Annotator Study::sign_in(const std::string& typed) {
    const std::string code = text::comparable_name(collapse_blanks(typed));
    if (code.empty() || characters(code) > study::kMaxCode) {
        throw Error(ErrorCode::invalid_argument,
                    code.empty() ? "No name or code was given" : "The code " + code.substr(0, 40) + "... is too long",
                    "Type a name or code of 1 to " + std::to_string(study::kMaxCode) + " characters.");
    }
    auto found = find_annotator(code);
    const auto& only = impl_->info.for_annotator;
    if (!only.empty() && (!found || found->uuid != only)) {
        const auto known = annotators();
        throw Error(ErrorCode::invalid_argument, "The study " + impl_->file.string() + " is not for " + code,
                    known.empty() ? "Ask for a file of your own." : "It is for " + known.front().code + ".");
    }
    if (found) return *found;
    impl_->require_writer();
    impl_->db.transaction([&] {
        found = find_annotator(code);  // another process may have registered the same person meanwhile
        if (found) return;
        impl_->db
            .query(
                "INSERT INTO annotators (uuid, code, created) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))")
            .with(new_uuid(), code)
            .run();
        found = find_annotator(code);
    });
    return *found;
}

void Study::put_annotator(const Annotator& annotator) {
    impl_->require_writer();
    impl_->db.transaction(
        [&] { impl_->db.query(kPutAnnotator).with(annotator.uuid, annotator.code, annotator.created).run(); });
}

Answer Study::record(Answer answer) {
    impl_->require_writer();
    if (characters(answer.reason) > study::kMaxReason) {
        throw Error(ErrorCode::invalid_argument,
                    "A reason of " + std::to_string(characters(answer.reason)) + " characters",
                    "Use " + std::to_string(study::kMaxReason) + " at most.");
    }
    impl_->db.transaction([&] {
        auto query = impl_->db.query(
            "INSERT INTO answers (annotator, clip, sequence, sitting, choice, reason, milliseconds, replays, time) "
            "VALUES (?1, ?2, (SELECT ifnull(max(sequence), 0) + 1 FROM answers WHERE annotator = ?1), ?3, ?4, ?5, ?6, "
            "?7, "
            "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) RETURNING sequence, time");
        query
            .with(answer.annotator, answer.clip, answer.sitting, static_cast<int>(answer.choice), answer.reason,
                  answer.milliseconds, answer.replays)
            .next();
        answer.sequence = query.integer(0);
        answer.time = query.text(1);
    });
    return answer;
}

std::vector<Answer> Study::answers() const {
    return impl_->db.run([&] {
        return read_answers(*impl_, impl_->db.query(kAnswers + "ORDER BY annotator, sequence, time, sitting").with());
    });
}

std::vector<Answer> Study::current_answers() const {
    return impl_->db.run([&] {
        return read_answers(
            *impl_,
            impl_->db.query(kAnswers + "WHERE " + kIsCurrent + "ORDER BY annotator, sequence, time, sitting").with());
    });
}

int Study::people_on(int64_t clip_id, const std::string& annotator) const {
    const int elsewhere = clip(clip_id).people_elsewhere;
    return elsewhere + impl_->db.run([&] {
        auto query = impl_->db.query(
            "SELECT count(*) FROM (SELECT annotator FROM answers a WHERE clip = ?1 AND annotator <> ?2 AND choice < 2 "
            "AND " +
            kIsCurrent +
            "UNION SELECT annotator FROM reservations r WHERE clip = ?1 AND annotator <> ?2 AND NOT EXISTS "
            "(SELECT 1 FROM answers a WHERE a.annotator = r.annotator AND a.clip = r.clip AND choice = 2 AND " +
            kIsCurrent + "))");
        query.with(clip_id, annotator).next();
        return query.number(0);
    });
}

void Study::reserve(const std::string& annotator, std::span<const int64_t> clips) {
    impl_->require_writer();
    impl_->db.transaction([&] {
        auto query = impl_->db.query("INSERT OR IGNORE INTO reservations (annotator, clip) VALUES (?1, ?2)");
        for (const int64_t id : clips) query.with(annotator, id).run();
    });
}

void Study::release(const std::string& annotator) {
    impl_->require_writer();
    impl_->db.transaction(
        [&] { impl_->db.query("DELETE FROM reservations WHERE annotator = ?1").with(annotator).run(); });
}

std::vector<int64_t> Study::reserved(const std::string& annotator) const {
    return impl_->db.run([&] {
        std::vector<int64_t> found;
        auto query = impl_->db.query("SELECT clip FROM reservations WHERE annotator = ?1 ORDER BY clip");
        query.with(annotator);
        while (query.next()) found.push_back(query.integer(0));
        return found;
    });
}

TakenAnswers Study::take(std::span<const Annotator> people, std::span<const Answer> answers) {
    impl_->require_writer();
    TakenAnswers taken;
    impl_->db.transaction([&] {
        auto known = impl_->db.query("SELECT 1 FROM annotators WHERE uuid = ?1");
        auto in_use = impl_->db.query("SELECT 1 FROM annotators WHERE code = ?1");
        for (const auto& person : people) {
            if (known.with(person.uuid).next()) continue;
            const std::string own = text::comparable_name(person.code);
            std::string code = own;
            for (int n = 2; in_use.with(code).next(); ++n) code = own + " (" + std::to_string(n) + ")";
            if (code != own) taken.renamed.push_back(person.code + " is now " + code);
            impl_->db.query(kPutAnnotator).with(person.uuid, code, person.created).run();
            ++taken.annotators_added;
        }
        auto put = impl_->db.query(
            "INSERT OR IGNORE INTO answers (annotator, clip, sequence, sitting, choice, reason, milliseconds, replays, "
            "time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        for (const auto& a : answers) {
            const int added = put.with(a.annotator, a.clip, a.sequence, a.sitting, static_cast<int>(a.choice), a.reason,
                                       a.milliseconds, a.replays, a.time)
                                  .run();
            taken.added += added;
            if (added != 0) continue;
            ++taken.already_there;
            const auto there = read_answers(
                *impl_,
                impl_->db.query(kAnswers + "WHERE annotator = ?1 AND clip = ?2 AND sequence = ?3 AND sitting = ?4")
                    .with(a.annotator, a.clip, a.sequence, a.sitting));
            if (there.size() != 1 || there.front() != a) {
                throw Error(ErrorCode::damaged,
                            "Answer " + std::to_string(a.sequence) + " to clip " + std::to_string(a.clip) +
                                " is not the one that was returned before: the file was altered",
                            study::kFileKind.damaged_remedy);
            }
        }
    });
    return taken;
}

}  // namespace rest::study
