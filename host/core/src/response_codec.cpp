#include <kiosk/core/response_codec.hpp>

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <cstring>

namespace kiosk::core {

namespace {

constexpr std::string_view kFirstLine = "feedback-kiosk response 1";
constexpr std::size_t kIdBytesAtMost = 64;
constexpr std::size_t kWaveBytesAtMost = 40;

bool is_header_value(std::string_view value, std::size_t at_most) {
    const bool has_control = std::any_of(value.begin(), value.end(), [](char character) {
        return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
    });
    return value.size() <= at_most && !has_control && !value.starts_with(' ') && !value.ends_with(' ');
}

std::string_view without_blanks_at_end(std::string_view document) {
    const std::size_t last = document.find_last_not_of(" \n\r\t");
    return last == std::string_view::npos ? std::string_view() : document.substr(0, last + 1);
}

bool is_document(std::string_view document) {
    return document.starts_with('<') && document.ends_with('>') && document.find('\0') == std::string_view::npos;
}

std::string_view storage_word(StoragePolicy storage) {
    return storage == StoragePolicy::anonymous ? "anonymous" : "sealed";
}

Error bad_header() {
    return {"response.bad_header",
            {"Mã hoạt động, mã biểu mẫu, phiên bản hoặc nhãn đợt quá dài hoặc có ký tự lạ. Hãy sửa trong biểu mẫu.",
             "An activity id, form id, version or wave label is too long or holds odd characters. Correct the form."}};
}

Error too_large() {
    return {"response.too_large",
            {"Câu trả lời dài quá mức lưu được. Hãy rút ngắn câu trả lời, hoặc giảm giới hạn chữ trong biểu mẫu.",
             "The answer is longer than can be kept. Shorten it, or lower the text limits in the form."}};
}

Error malformed() {
    return {"response.malformed",
            {"Nội dung câu trả lời không đúng định dạng; câu trả lời này bị bỏ qua.",
             "The content of an answer is not in the right format; this answer was left out."}};
}

void add_line(std::string& header, std::string_view name, std::string_view value) {
    header.append(name).append(":");
    if (!value.empty()) header.append(" ").append(value);
    header.append("\n");
}

std::string header_of(const Response& response) {
    std::string header(kFirstLine);
    header += '\n';
    add_line(header, "activity", response.activity);
    add_line(header, "id", response.id.to_string());
    add_line(header, "form", response.form.id);
    add_line(header, "version", response.form.version);
    add_line(header, "sha256", to_hex(response.form.sha256));
    add_line(header, "storage", storage_word(response.storage));
    if (!response.wave.empty()) add_line(header, "wave", response.wave);
    if (response.withdrawal_tag) add_line(header, "withdrawal", to_hex(*response.withdrawal_tag));
    header += '\n';
    return header;
}

// Takes lines off the front of a payload.
class HeaderReader {
  public:
    explicit HeaderReader(std::string_view text) : text_(text) {}

    std::optional<std::string_view> line() {
        const std::size_t end = text_.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view taken = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        return taken;
    }

    // The value of the next line if it bears this name; else the line stays.
    std::optional<std::string_view> value(std::string_view name) {
        const std::string_view before = text_;
        std::optional<std::string_view> taken = line();
        if (taken && taken->starts_with(name) && taken->substr(name.size()).starts_with(':')) {
            taken->remove_prefix(name.size() + 1);
            if (taken->empty()) return taken;
            if (taken->starts_with(' ') && taken->size() > 1) return taken->substr(1);
        }
        text_ = before;
        return std::nullopt;
    }

    std::string_view rest() const { return text_; }

  private:
    std::string_view text_;
};

bool take_text(HeaderReader& reader, std::string_view name, std::size_t at_most, bool may_be_empty,
               std::string& into) {
    const auto value = reader.value(name);
    if (!value || !is_header_value(*value, at_most) || (value->empty() && !may_be_empty)) return false;
    into = *value;
    return true;
}

bool parse_digest(std::string_view hex, Sha256& into) {
    const auto digest = sha256_from_hex(hex);
    if (!digest || to_hex(*digest) != hex) return false;
    into = *digest;
    return true;
}

bool take_storage(HeaderReader& reader, StoragePolicy& into) {
    const auto value = reader.value("storage");
    if (value == "anonymous") into = StoragePolicy::anonymous;
    else if (value == "sealed") into = StoragePolicy::sealed;
    else return false;
    return true;
}

bool take_header(HeaderReader& reader, Response& response) {
    if (reader.line() != kFirstLine) return false;
    if (!take_text(reader, "activity", kIdBytesAtMost, false, response.activity)) return false;
    std::string id;
    if (!take_text(reader, "id", kIdBytesAtMost, false, id)) return false;
    const auto parsed_id = ResponseId::parse(id);
    if (!parsed_id || parsed_id->to_string() != id) return false;
    response.id = *parsed_id;
    if (!take_text(reader, "form", kIdBytesAtMost, false, response.form.id)) return false;
    if (!take_text(reader, "version", kIdBytesAtMost, true, response.form.version)) return false;
    if (!parse_digest(reader.value("sha256").value_or(""), response.form.sha256)) return false;
    if (!take_storage(reader, response.storage)) return false;
    if (!take_text(reader, "wave", kWaveBytesAtMost, false, response.wave)) response.wave.clear();
    if (const auto tag = reader.value("withdrawal")) {
        if (!parse_digest(*tag, response.withdrawal_tag.emplace())) return false;
    }
    return reader.line() == "";
}

}  // namespace

Result<Bytes> encode_response(const Response& response) {
    KIOSK_ASSERT(response.storage != StoragePolicy::not_stored);
    const std::string_view document = without_blanks_at_end(response.document);
    if (!is_document(document)) return malformed();
    const bool can_be_named = is_header_value(response.activity, kIdBytesAtMost) && !response.activity.empty() &&
                              is_header_value(response.form.id, kIdBytesAtMost) && !response.form.id.empty() &&
                              is_header_value(response.form.version, kIdBytesAtMost) &&
                              is_header_value(response.wave, kWaveBytesAtMost);
    if (!can_be_named) return bad_header();

    const std::string header = header_of(response);
    const std::size_t needed = header.size() + document.size() + 1;  // and a line feed, kind to `cat`
    const auto size = std::find_if(kPayloadSizes.begin(), kPayloadSizes.end(),
                                   [&](std::size_t candidate) { return candidate >= needed; });
    if (size == kPayloadSizes.end()) return too_large();
    if (response.storage == StoragePolicy::anonymous && *size != kPollPayloadBytes) return too_large();

    // Sized once, so that no smaller copy of the plaintext stays behind in freed memory.
    Bytes payload(*size, std::byte{' '});
    std::memcpy(payload.data(), header.data(), header.size());
    std::memcpy(payload.data() + header.size(), document.data(), document.size());
    payload.back() = std::byte{'\n'};
    return payload;
}

Result<Response> decode_response(ByteView payload) {
    const bool has_a_size = std::find(kPayloadSizes.begin(), kPayloadSizes.end(), payload.size()) != kPayloadSizes.end();
    if (!has_a_size) return malformed();
    HeaderReader reader({reinterpret_cast<const char*>(payload.data()), payload.size()});
    Response response;
    if (!take_header(reader, response)) return malformed();
    std::string_view document = reader.rest();
    if (!document.ends_with('\n')) return malformed();
    document.remove_suffix(1);
    document = document.substr(0, document.find_last_not_of(' ') + 1);
    if (!is_document(document)) return malformed();
    response.document = document;
    return response;
}

}  // namespace kiosk::core
