// `codes`: each organisation of a list is given a code to hand out; the pack for the kiosks gets the hashes alone.
#include "commands.hpp"
#include "files.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/exporting/folder.hpp>
#include <kiosk/sealing/keygen.hpp>
#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/sealing/secure_random.hpp>

#include <algorithm>
#include <span>
#include <system_error>

namespace kiosk::office {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaximumListBytes = 8 << 20;
constexpr std::string_view kFile = "organisations.tsv";

struct Listed { std::string kind, name; };

core::Error refused(std::string code, std::string vi, std::string en) { return {std::move(code), {std::move(vi), std::move(en)}}; }

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\"";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

// A line an organisation: what it is, a comma (or what Excel writes for it), its name, which may hold commas.
core::Result<std::vector<Listed>> read_list(const fs::path& file) {
    const auto content = read_file(file, kMaximumListBytes);
    if (!content) return content.error();
    const std::string text = text_of(*content);
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    std::vector<Listed> all;
    for (int number = 1; !rest.empty(); ++number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (trimmed(line).empty()) continue;
        const std::size_t end = line.find_first_of(",;\t");
        Listed one{trimmed(line.substr(0, end)), end == std::string_view::npos ? std::string{} : trimmed(line.substr(end + 1))};
        const bool is_kind = !one.kind.empty() && std::all_of(one.kind.begin(), one.kind.end(), [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
        });
        const bool is_twice = std::any_of(all.begin(), all.end(), [&](const Listed& other) { return other.kind == one.kind && other.name == one.name; });
        if (!is_kind || one.name.empty() || one.name.find('\t') != std::string::npos || is_twice)
            return refused("codes.bad_line",
                           "Dòng " + std::to_string(number) + " của danh sách chưa đúng: viết loại tổ chức, dấu phẩy, tên tổ chức, như “hoi_nong_dan, Hội Nông dân xã Thạnh Mỹ”; mỗi tổ chức một lần.",
                           "Line " + std::to_string(number) + " of the list is wrong: write the kind, a comma and the name, such as \"hoi_nong_dan, Hội Nông dân xã Thạnh Mỹ\"; each organisation once.");
        all.push_back(std::move(one));
    }
    if (all.empty()) return refused("codes.empty", "Danh sách không có tổ chức nào.", "The list has no organisations.");
    return all;
}

core::Result<std::vector<core::Organisation>> known(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::vector<core::Organisation>{};
    const auto content = read_file(file, kMaximumListBytes);
    if (!content) return content.error();
    return core::read_organisations(text_of(*content));
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        if (letter == '&') safe += "&amp;";
        else if (letter == '<') safe += "&lt;";
        else safe += letter;
    }
    return safe;
}

// One slip an organisation, to be cut apart.
class Sheet {
  public:
    explicit Sheet(bool vietnamese) : vietnamese_(vietnamese) {}

    void add(const std::string& name, const std::string& code) {
        slips_ += "<section><h2>" + escaped(name) + "</h2><p class=\"code\">" + code + "</p><p>" +
                  say("Nhập mã này tại kiosk khi gửi phiếu thay mặt tổ chức. Giữ kín: ai có mã thì nói được nhân danh tổ chức. Lộ hoặc mất mã thì báo cơ quan để được cấp mã khác.",
                      "Enter this code at the kiosk when you send a form for the organisation. Keep it secret: whoever has it speaks for the organisation. If it becomes known or is lost, tell the office and get another.") +
                  "</p></section>\n";
    }
    std::string page() const {
        return "<!DOCTYPE html>\n<html lang=\"" + std::string(vietnamese_ ? "vi" : "en") + "\"><meta charset=\"utf-8\"><title>" +
               say("Mã của các tổ chức", "Codes of the organisations") +
               "</title>\n<style>body{font:14px/1.5 'Noto Sans',sans-serif;max-width:720px;margin:1em auto}section{border:1px dashed #555;"
               "padding:10px 20px;margin:0 0 -1px;break-inside:avoid}h2{font-size:17px;margin:0}.code{font:bold 26px monospace;"
               "letter-spacing:2px;margin:6px 0}p{margin:4px 0}</style>\n" + slips_ + "</html>\n";
    }

  private:
    std::string say(const char* vi, const char* en) const { return vietnamese_ ? vi : en; }

    bool vietnamese_;
    std::string slips_;
};

}  // namespace

int make_codes(const CodesOptions& options, const Console& console) {
    const auto list = read_list(options.list);
    if (!list) return console.refuse(list.error());
    const fs::path data = options.pack / "data";
    const auto before = known(data / kFile);
    if (!before) return console.refuse(before.error());

    // Who keeps a code keeps its number; the numbers of those who are gone are not given again while they might be in use.
    sealing::SecureRandom random;
    std::vector<core::Organisation> after, numbers = *before;
    Sheet sheet(console.language() == "vi");
    std::size_t made = 0;
    for (const Listed& listed : *list) {
        const auto old = std::find_if(before->begin(), before->end(), [&](const core::Organisation& one) { return one.kind == listed.kind && one.name == listed.name; });
        const bool is_renewed = std::find(options.renew.begin(), options.renew.end(), listed.name) != options.renew.end();
        if (old != before->end() && !is_renewed) {
            after.push_back(*old);
            continue;
        }
        const auto number = core::free_number(numbers);
        if (!number) return console.refuse(refused("codes.too_many", "Quá nhiều tổ chức cho một gói.", "There are too many organisations for one pack."));
        const auto code = core::OrganisationCode::make(*number, random);
        const auto hash = sealing::hash_pin(code.letters(), sealing::PinCost::code);
        if (!hash) return console.refuse(hash.error());
        after.push_back({*number, listed.kind, *hash, listed.name});
        numbers.push_back(after.back());
        sheet.add(listed.name, code.to_string());
        console.show_progress(listed.name);
        ++made;
    }
    console.end_progress();

    // The sheet first: a hash whose code nobody has is of no use.
    if (made > 0) {
        const fs::path parent = options.out.parent_path().empty() ? "." : options.out.parent_path();
        std::vector<sealing::KeyFile> files;
        files.push_back({options.out.filename().string(), sealing::SecretBytes::copy_of(std::string_view(sheet.page())), true});
        if (auto written = sealing::write_key_files(parent, files); !written) return console.refuse(written.error());
    }
    std::error_code ignored;
    fs::create_directories(data, ignored);
    auto folder = exporting::DiskFolder::open(data);
    if (!folder) return console.refuse(folder.error());
    const std::string text = core::write_organisations(after);
    if (auto published = exporting::publish(*folder, {{std::string(kFile), std::as_bytes(std::span(text))}}); !published)
        return console.refuse(published.error());
    const std::string all = std::to_string(after.size()), fresh = std::to_string(made), page = options.out.string();
    if (made == 0)
        console.say(core::Words{"Không có mã mới; danh sách trong gói có " + all + " tổ chức.", "No new codes; the pack's list has " + all + " organisations."});
    else
        console.say({"Đã cấp " + fresh + " mã mới; danh sách trong gói có " + all + " tổ chức. In “" + page + "”, cắt rời, giao tận tay từng tổ chức, rồi xóa tệp: mã không lấy lại được. Tăng version trong pack.json và đóng gói lại.",
                     "Made " + fresh + " new codes; the pack's list has " + all + " organisations. Print \"" + page + "\", cut it up, hand each organisation its own, then delete the file: codes cannot be recovered. Raise version in pack.json and pack again."});
    return kDone;
}

}  // namespace kiosk::office
