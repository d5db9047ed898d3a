#include "signing_key.hpp"

#include "files.hpp"

namespace kiosk::office {

core::Result<sealing::MinisignSigner> read_signer(const std::filesystem::path& path, const Console& console) {
    const auto content = read_file(path, 64 * 1024);
    if (!content) return content.error();
    const std::string file = text_of(*content);
    const auto is_protected = sealing::MinisignSecretKey::needs_password(file);
    if (!is_protected) return is_protected.error();
    sealing::SecretBytes password;
    if (*is_protected) password = ask_secret(console.language() == "vi" ? "Mật khẩu của khóa ký: " : "Password of the signing key: ");
    auto key = sealing::MinisignSecretKey::parse(file, password.text());
    if (!key) return key.error();
    return sealing::MinisignSigner(std::move(*key));
}

}  // namespace kiosk::office
