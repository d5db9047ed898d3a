#include "age_header.hpp"
#include "age_payload.hpp"
#include "age_recipients.hpp"
#include "armor.hpp"
#include "memory_sink.hpp"
#include "refusals.hpp"
#include "sodium.hpp"

#include <kiosk/sealing/age.hpp>

#include <algorithm>
#include <functional>
#include <optional>

namespace kiosk::sealing {

namespace {

using Wrap = std::function<core::Result<Stanza>(const SecretBytes& file_key)>;

core::Result<void> check_recipients(std::span<const AgeRecipient> recipients) {
    if (recipients.empty()) return refuse(Refusal::age_no_recipient);
    for (std::size_t i = 0; i < recipients.size(); ++i)
        if (std::ranges::find(recipients.subspan(i + 1), recipients[i]) != recipients.end())
            return refuse(Refusal::age_recipient_twice);
    return {};
}

}  // namespace

class AgeEncryptor::Implementation {
  public:
    // Makes a fresh file key, wraps it and writes the header.
    static core::Result<std::unique_ptr<Implementation>> create(std::span<const Wrap> wraps, AgeFormat format,
                                                                Sink sealed) {
        SecretBytes file_key(kFileKeySize);
        fill_randomly(file_key.span());
        std::vector<Stanza> stanzas;
        for (const Wrap& wrap : wraps) {
            core::Result<Stanza> stanza = wrap(file_key);
            if (!stanza) return stanza.error();
            stanzas.push_back(std::move(stanza).value());
        }
        std::array<std::byte, kPayloadNonceSize> nonce{};
        fill_randomly(nonce);
        std::string header = encode_header(stanzas);
        header += encode_mac(header_mac(file_key, header));

        auto made = std::make_unique<Implementation>(format, payload_key(file_key, nonce), std::move(sealed));
        if (core::Result<void> result = made->put(as_bytes(header)); !result) return result.error();
        if (core::Result<void> result = made->put(nonce); !result) return result.error();
        return made;
    }

    Implementation(AgeFormat format, SecretBytes payload_key, Sink sealed)
        : sealed_(std::move(sealed)), payload_(std::move(payload_key)) {
        if (format == AgeFormat::armored) armor_.emplace();
    }

    core::Result<void> write(core::ByteView plaintext) {
        return remembered([&] { return payload_.write(plaintext, output_); });
    }

    core::Result<void> finish() {
        return remembered([&]() -> core::Result<void> {
            if (core::Result<void> result = payload_.finish(output_); !result) return result;
            return armor_ ? armor_->finish(sealed_) : core::Result<void>{};
        });
    }

  private:
    core::Result<void> put(core::ByteView bytes) { return armor_ ? armor_->write(bytes, sealed_) : sealed_(bytes); }

    template <class Step>
    core::Result<void> remembered(Step step) {
        if (!failed_)
            if (core::Result<void> result = guarded(step); !result) failed_ = result.error();
        if (failed_) return *failed_;
        return {};
    }

    Sink sealed_;
    Sink output_ = [this](core::ByteView bytes) { return put(bytes); };
    std::optional<ArmorWriter> armor_;
    AgePayloadWriter payload_;
    std::optional<core::Error> failed_;
};

AgeEncryptor::AgeEncryptor(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
AgeEncryptor::AgeEncryptor(AgeEncryptor&&) noexcept = default;
AgeEncryptor& AgeEncryptor::operator=(AgeEncryptor&&) noexcept = default;
AgeEncryptor::~AgeEncryptor() = default;

core::Result<AgeEncryptor> AgeEncryptor::begin(std::span<const AgeRecipient> recipients, AgeFormat format,
                                               Sink sealed) {
    return guarded([&]() -> core::Result<AgeEncryptor> {
        if (core::Result<void> result = check_recipients(recipients); !result) return result.error();
        std::vector<Wrap> wraps;
        for (const AgeRecipient& recipient : recipients)
            wraps.emplace_back([&recipient](const SecretBytes& file_key) { return wrap_for(recipient, file_key); });
        auto made = Implementation::create(wraps, format, std::move(sealed));
        if (!made) return made.error();
        return AgeEncryptor(std::move(made).value());
    });
}

core::Result<AgeEncryptor> AgeEncryptor::begin_with_passphrase(std::string_view passphrase, int work_factor,
                                                               AgeFormat format, Sink sealed) {
    return guarded([&]() -> core::Result<AgeEncryptor> {
        const Wrap wrap = [&](const SecretBytes& file_key) {
            return wrap_with_passphrase(passphrase, work_factor, file_key);
        };
        auto made = Implementation::create({&wrap, 1}, format, std::move(sealed));
        if (!made) return made.error();
        return AgeEncryptor(std::move(made).value());
    });
}

core::Result<void> AgeEncryptor::write(core::ByteView plaintext) { return implementation_->write(plaintext); }

core::Result<void> AgeEncryptor::finish() { return implementation_->finish(); }

core::Result<AgeSealer> AgeSealer::create(std::vector<AgeRecipient> recipients, AgeFormat format) {
    AgeSealer sealer(std::move(recipients), format);
    // A weak key shows only when something is sealed to it; better now than when a visitor confirms.
    if (core::Result<core::Bytes> trial = sealer.seal({}); !trial) return trial.error();
    return sealer;
}

core::Result<core::Bytes> AgeSealer::seal(core::ByteView plaintext) const {
    return guarded([&]() -> core::Result<core::Bytes> {
        core::Bytes sealed;
        const Sink append = [&](core::ByteView bytes) -> core::Result<void> {
            sealed.insert(sealed.end(), bytes.begin(), bytes.end());
            return {};
        };
        core::Result<AgeEncryptor> encryptor = AgeEncryptor::begin(recipients_, format_, append);
        if (!encryptor) return encryptor.error();
        if (core::Result<void> result = encryptor->write(plaintext); !result) return result.error();
        if (core::Result<void> result = encryptor->finish(); !result) return result.error();
        return sealed;
    });
}

core::Result<void> seal_stream(std::span<const AgeRecipient> recipients, AgeFormat format, const Source& plaintext,
                               Sink sealed) {
    return guarded([&]() -> core::Result<void> {
        core::Result<AgeEncryptor> encryptor = AgeEncryptor::begin(recipients, format, std::move(sealed));
        if (!encryptor) return encryptor.error();
        const core::Result<void> result =
            for_each_piece(plaintext, [&](core::ByteView piece) { return encryptor->write(piece); });
        return result ? encryptor->finish() : result;
    });
}

}  // namespace kiosk::sealing
