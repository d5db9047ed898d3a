// Sealing and opening in the age v1 format (c2sp.org/age), so that the program age opens what the kiosk writes and the
// reverse. Whole files through the ports Sealer and Opener; files of any size in pieces through the stream classes.
//
// Opening hands out plaintext only chunk by chunk, each after it proved authentic. In a stream, what came before a
// refusal is authentic but the file is not whole: keep it only once finish() has succeeded. Sealers and openers may be
// shared between threads; a stream object belongs to one thread. After a refusal a stream repeats that refusal.
#pragma once

#include <kiosk/core/sealer.hpp>
#include <kiosk/sealing/age_keys.hpp>
#include <kiosk/sealing/stream.hpp>

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace kiosk::sealing {

enum class AgeFormat { binary = 1, armored = 2 };  // armored: text lines, for letters and chats

class AgeSealer final : public core::Sealer {
  public:
    // At least one recipient, none twice.
    static core::Result<AgeSealer> create(std::vector<AgeRecipient> recipients, AgeFormat format = AgeFormat::binary);

    core::Result<core::Bytes> seal(core::ByteView plaintext) const override;
    const std::vector<AgeRecipient>& recipients() const { return recipients_; }

  private:
    AgeSealer(std::vector<AgeRecipient> recipients, AgeFormat format)
        : recipients_(std::move(recipients)), format_(format) {}

    std::vector<AgeRecipient> recipients_;
    AgeFormat format_;
};

class AgeOpener final : public core::Opener {
  public:
    static core::Result<AgeOpener> create(AgeKeyring keys);

    core::Result<core::Bytes> open(core::ByteView sealed) const override;
    core::Result<SecretBytes> open_secret(core::ByteView sealed) const;  // for whoever can use it without copying

  private:
    explicit AgeOpener(AgeKeyring keys) : keys_(std::move(keys)) {}

    AgeKeyring keys_;
};

// Push plaintext in, sealed bytes come out at the sink. Nothing is valid before finish().
class AgeEncryptor {
  public:
    static core::Result<AgeEncryptor> begin(std::span<const AgeRecipient> recipients, AgeFormat format, Sink sealed);
    // To a passphrase, as age -p does; 2^work_factor scrypt rounds (age itself: 18, about a second).
    static core::Result<AgeEncryptor> begin_with_passphrase(std::string_view passphrase, int work_factor,
                                                            AgeFormat format, Sink sealed);
    AgeEncryptor(AgeEncryptor&&) noexcept;
    AgeEncryptor& operator=(AgeEncryptor&&) noexcept;
    ~AgeEncryptor();

    core::Result<void> write(core::ByteView plaintext);
    core::Result<void> finish();

  private:
    class Implementation;
    explicit AgeEncryptor(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

// Push sealed bytes in, binary or armored; authentic plaintext comes out at the sink. `keys` must outlive it.
class AgeDecryptor {
  public:
    AgeDecryptor(const AgeKeyring& keys, Sink plaintext);
    AgeDecryptor(AgeDecryptor&&) noexcept;
    AgeDecryptor& operator=(AgeDecryptor&&) noexcept;
    ~AgeDecryptor();

    core::Result<void> write(core::ByteView sealed);
    core::Result<void> finish();

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

// The same, pulled from a source to its end.
core::Result<void> seal_stream(std::span<const AgeRecipient> recipients, AgeFormat format, const Source& plaintext,
                               Sink sealed);
core::Result<void> open_stream(const AgeKeyring& keys, const Source& sealed, Sink plaintext);

// An identity file as age -i reads it: plain, or itself sealed with a passphrase (age -p), armored or not.
core::Result<std::vector<AgeIdentity>> read_identity_file(core::ByteView file, std::string_view passphrase = {});

}  // namespace kiosk::sealing
