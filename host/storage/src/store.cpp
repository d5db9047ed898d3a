#include <kiosk/storage/store.hpp>

#include "store_implementation.hpp"

#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>

#include <string.h>

#include <charconv>

namespace kiosk::storage {

namespace {

using core::ByteView;
using core::Bytes;
using core::Result;
using core::Sha256;

// "12 9f86…": the number and the hash of the last bundle, once more outside answers.db, so that a kiosk whose ledger was
// damaged does not give the office a number twice.
constexpr std::string_view kLedgerNote = "ledger.last";

// Overwrites plaintext on every way out.
template <class Buffer>
class WipedAtEnd {
  public:
    explicit WipedAtEnd(Buffer& buffer) : buffer_(buffer) {}
    ~WipedAtEnd() { explicit_bzero(buffer_.data(), buffer_.size()); }
    WipedAtEnd(const WipedAtEnd&) = delete;
    WipedAtEnd& operator=(const WipedAtEnd&) = delete;

  private:
    Buffer& buffer_;
};

template <class T>
T value_or_refuse(Result<T> result) {
    if (!result) throw Refusal(result.error());
    return std::move(result).value();
}

Bytes sealed_form(const core::Sealer& sealer, const core::Response& response, const std::string& wave) {
    core::Response dated = response;
    const WipedAtEnd document_is_wiped(dated.document);
    if (dated.storage == StoragePolicy::anonymous) dated.wave = wave;
    Bytes payload = value_or_refuse(core::encode_response(dated));
    const WipedAtEnd payload_is_wiped(payload);
    return value_or_refuse(sealer.seal(payload));
}

void put_into_poll(StoreFiles& files, const core::ResponseId& id, ByteView sealed) {
    if (sealed.size() > kSlotBytes) throw Refusal(too_many_keys_error());
    files.is_poll_scrub_due = true;
    if (!files.poll().has_room_for(id)) {
        if (!files.poll().can_grow()) throw Refusal(poll_full_error());
        files.poll().grow();
    }
    files.poll().put(id, sealed);
}

struct LastBundle {
    std::int64_t sequence = 0;
    Sha256 sha256{};
};

LastBundle noted_bundle(StoreFiles& files) {
    LastBundle last;
    const std::string note = files.state().note(kLedgerNote).value_or("");
    const std::size_t blank = note.find(' ');
    if (blank == std::string::npos) return last;
    std::from_chars(note.data(), note.data() + blank, last.sequence);
    last.sha256 = core::sha256_from_hex(std::string_view(note).substr(blank + 1)).value_or(Sha256{});
    return last;
}

void note_bundle(StoreFiles& files, std::int64_t sequence, const Sha256& sha256) {
    files.state().set_note(kLedgerNote, std::to_string(sequence) + " " + core::to_hex(sha256));
}

// The bundle that was prepared and not delivered, else a new one.
Bundle next_bundle(StoreFiles& files) {
    const auto last = files.answers().last_bundle();
    if (last && last->state == BundleState::prepared) return *last;
    const LastBundle noted = noted_bundle(files);
    Bundle next;
    if (last && last->sequence >= noted.sequence) {
        next.sequence = last->sequence + 1;
        next.previous = last->sha256;
    } else {
        next.sequence = noted.sequence + 1;
        next.previous = noted.sha256;
    }
    return next;
}

Bundle known_bundle(StoreFiles& files, std::uint64_t sequence) {
    const auto bundle = files.answers().bundle(static_cast<std::int64_t>(sequence));
    if (!bundle) throw Refusal(no_such_bundle_error(sequence));
    return *bundle;
}

}  // namespace

Store::Store(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::string& data_directory, const core::Sealer* sealer,
                                           const core::Clock& clock, core::Random& random, StoreOptions options) try {
    try {
        std::unique_ptr<Store> store(
            new Store(std::make_unique<Implementation>(data_directory, sealer, clock, random, std::move(options))));
        const Result<void> opened = store->audit("store.opened", "");
        if (!opened) return opened.error();
        return store;
    } catch (const Refusal& refusal) {
        return refusal.error();
    }
} catch (const std::bad_alloc&) {
    return out_of_memory_error();
}

Result<void> Store::keep_definition(const core::FormVersion& form, std::string_view definition_xml) {
    return implementation_->run([&](StoreFiles& files) { files.answers().keep_definition(form, definition_xml); });
}

Result<void> Store::record(const core::Response& response) {
    return implementation_->run([&](StoreFiles& files) {
        if (response.storage == StoragePolicy::not_stored) throw Refusal(not_stored_error());
        if (implementation_->sealer == nullptr) throw Refusal(no_keys_error());
        if (!implementation_->rate_limit.allows(implementation_->clock.steady_now())) throw Refusal(too_fast_error());
        const std::string wave = files.state().note(kWaveNote).value_or("");
        const Bytes sealed = sealed_form(*implementation_->sealer, response, wave);
        if (response.storage == StoragePolicy::anonymous) {
            put_into_poll(files, response.id, sealed);
        } else {
            if (files.answers().is_withdrawn(response.id)) throw Refusal(withdrawn_error());
            files.answers().put(response, sealed);
        }
        implementation_->rate_limit.take();
    });
}

Result<void> Store::undo(const core::ResponseId& id) {
    return implementation_->run([&](StoreFiles& files) {
        if (files.poll().erase(id)) files.is_poll_scrub_due = true;
        if (files.answers().erase(id)) files.is_answers_scrub_due = true;
        files.scrub_what_is_due();
    });
}

Result<void> Store::withdraw(const Sha256& withdrawal_tag) {
    return implementation_->run([&](StoreFiles& files) {
        if (files.answers().withdraw(withdrawal_tag) == AnswersFile::Withdrawn::already) return;
        files.is_answers_scrub_due = true;
        files.scrub_what_is_due();
        files.state().append_audit("withdrawal", "", implementation_->now());
    });
}

Result<core::BundleHeader> Store::prepare() {
    return implementation_->run([&](StoreFiles& files) {
        const Bundle bundle = next_bundle(files);
        files.is_poll_scrub_due = true;
        files.answers().prepare(bundle);
        files.poll().prepare(bundle.sequence);

        core::BundleHeader header;
        header.sequence = static_cast<std::uint64_t>(bundle.sequence);
        header.kiosk_id = implementation_->options.kiosk_id;
        header.previous = bundle.previous;
        header.sealed_answers = static_cast<std::uint64_t>(files.answers().answers_in(bundle.sequence));
        header.poll_records = static_cast<std::uint64_t>(files.poll().answers_in(bundle.sequence));
        header.forms = files.answers().definitions();
        header.withdrawals = files.answers().withdrawals_in(bundle.sequence);
        header.counters = files.state().counters();
        if (header.sealed_answers + header.poll_records + header.withdrawals.size() == 0)
            throw Refusal(nothing_to_export_error());
        files.state().append_audit("export.prepared", std::to_string(bundle.sequence), implementation_->now());
        note_bundle(files, bundle.sequence, bundle.previous);
        header.audit_head = files.state().audit_head();
        return header;
    });
}

Result<void> Store::for_each_sealed(std::uint64_t sequence, const std::function<Result<void>(ByteView)>& take) {
    const auto take_or_stop = [&](ByteView sealed) {
        const Result<void> taken = take(sealed);
        if (!taken) throw Refusal(taken.error());
    };
    return implementation_->run(
        [&](StoreFiles& files) {
            const Bundle bundle = known_bundle(files, sequence);
            files.answers().for_each_in(bundle.sequence, take_or_stop);
            files.poll().for_each_in(bundle.sequence, take_or_stop);
        },
        Implementation::Repeat::never);  // the taker has seen rows already
}

Result<std::string> Store::definition(const core::FormVersion& form) {
    return implementation_->run([&](StoreFiles& files) {
        auto definition = files.answers().definition(form);
        if (!definition) throw Refusal(no_such_definition_error(form.id));
        return *std::move(definition);
    });
}

Result<void> Store::delivered(std::uint64_t sequence, const Sha256& sha256) {
    return implementation_->run([&](StoreFiles& files) {
        Bundle bundle = known_bundle(files, sequence);
        if (bundle.state != BundleState::prepared) {
            if (bundle.sha256 != sha256) throw Refusal(other_bundle_error(sequence));
            return;
        }
        bundle.state = BundleState::delivered;
        bundle.sha256 = sha256;
        files.answers().save(bundle);
        note_bundle(files, bundle.sequence, sha256);
        files.state().append_audit("export.delivered", std::to_string(sequence), implementation_->now());
    });
}

Result<void> Store::receipt(std::uint64_t sequence, const Sha256& sha256) {
    return implementation_->run([&](StoreFiles& files) {
        Bundle bundle = known_bundle(files, sequence);
        if (bundle.state == BundleState::prepared) throw Refusal(no_such_bundle_error(sequence));
        if (bundle.sha256 != sha256) throw Refusal(other_bundle_error(sequence));
        if (bundle.state == BundleState::delivered) {
            bundle.state = BundleState::receipted;
            bundle.receipt_day = implementation_->today();
            files.answers().save(bundle);
            files.state().append_audit("export.receipted", std::to_string(sequence), implementation_->now());
        }
        implementation_->wipe_what_is_due(files);
        files.scrub_what_is_due();
    });
}

Result<void> Store::export_again() {
    return implementation_->run([&](StoreFiles& files) {
        for (const Bundle& bundle : files.answers().bundles(BundleState::delivered)) {
            files.is_poll_scrub_due = true;
            files.answers().release(bundle.sequence);
            files.poll().release(bundle.sequence);
            files.state().append_audit("export.again", std::to_string(bundle.sequence), implementation_->now());
        }
    });
}

void Store::keep_for(Retention retention) { implementation_->options.retention = retention; }

Result<void> Store::tidy() {
    return implementation_->run([&](StoreFiles& files) {
        files.scrub_what_is_due();
        if (files.poll().should_grow()) {
            files.is_poll_scrub_due = true;
            files.poll().grow();
        }
        implementation_->wipe_what_is_due(files);
        files.scrub_what_is_due();
        implementation_->directory.restore_reserve();
    });
}

Result<void> Store::verify() {
    implementation_->close();
    return implementation_->run([](StoreFiles&) {});
}

Result<StoreStatus> Store::status() {
    return implementation_->run([&](StoreFiles& files) {
        StoreStatus status;
        status.answers_waiting = files.answers().waiting();
        status.polls_waiting = files.poll().waiting();
        status.withdrawals_waiting = files.answers().withdrawals_waiting();
        for (const Bundle& bundle : files.answers().bundles(BundleState::delivered))
            status.without_receipt.push_back(static_cast<std::uint64_t>(bundle.sequence));
        status.set_aside = implementation_->set_aside;
        status.has_keys = implementation_->sealer != nullptr;
        status.has_reserve = implementation_->directory.has_reserve();
        return status;
    });
}

Result<void> Store::set_note(std::string_view name, std::string_view value) {
    return implementation_->run([&](StoreFiles& files) { files.state().set_note(name, value); });
}

Result<std::optional<std::string>> Store::note(std::string_view name) {
    return implementation_->run([&](StoreFiles& files) { return files.state().note(name); });
}

Result<void> Store::count_visit(std::string_view activity, const std::vector<std::string>& events) {
    if (!implementation_->counts.add(activity, events)) return {};
    return implementation_->run([&](StoreFiles& files) {
        files.state().add_visit_counts(activity, implementation_->counts.held(activity));
        implementation_->counts.forget(activity);
    });
}

Result<std::map<std::string, std::int64_t>> Store::visit_counts(std::string_view activity) {
    return implementation_->run([&](StoreFiles& files) { return files.state().visit_counts(activity); });
}

Result<void> Store::audit(std::string_view event, std::string_view detail) {
    return implementation_->run(
        [&](StoreFiles& files) { files.state().append_audit(event, detail, implementation_->now()); });
}

Result<std::vector<AuditLine>> Store::audit_log() {
    return implementation_->run([&](StoreFiles& files) {
        std::vector<AuditLine> lines;
        files.state().for_each_audit_line([&](const AuditLine& line) { lines.push_back(line); });
        return lines;
    });
}

}  // namespace kiosk::storage
