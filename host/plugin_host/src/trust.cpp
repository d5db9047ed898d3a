#include <kiosk/plugin_host/trust.hpp>

namespace kiosk::plugin_host {

core::Result<void> Trust::check(std::string_view file, core::ByteView bytes, std::string_view signature,
                                std::string_view comment) const {
    if (verifier_ == nullptr) return {};
    const std::string name(file);
    if (signature.empty())
        return core::Error{"plugin.not_signed",
                           {"Tệp " + name + " không có chữ ký (" + name + ".minisig). Máy này chỉ nhận tiện ích đã ký: "
                            "hãy xin bản đã ký từ nơi cung cấp.",
                            "The file " + name + " has no signature (" + name + ".minisig). This kiosk takes signed "
                            "plugins only: ask whoever supplied it for the signed one."}};
    const core::Result<std::string> verified = verifier_->verify(bytes, signature);
    if (!verified)
        return core::Error{"plugin.bad_signature",
                           {"Chữ ký của tệp " + name + " không đúng, hoặc tệp đã bị sửa sau khi ký: "
                                + verified.error().message.vi,
                            "The signature of the file " + name + " is not valid, or the file was changed after it was "
                            "signed: " + verified.error().message.en}};
    if (*verified != comment)
        return core::Error{"plugin.wrong_signature",
                           {"Tệp " + name + " mang chữ ký của một tệp khác (“" + *verified + "”; cần “"
                                + std::string(comment) + "”).",
                            "The file " + name + " carries the signature of another file (\"" + *verified
                                + "\"; needed: \"" + std::string(comment) + "\")."}};
    return {};
}

}  // namespace kiosk::plugin_host
