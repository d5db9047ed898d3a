// The guided dialogue: one question after another, each with an answer to accept by pressing Enter. A question that was
// answered wrongly says what is wrong and is asked again; the end of the input ends it.
#include "collector.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "paths.hpp"
#include "trust.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/sealing/key_words.hpp>

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <optional>
#include <system_error>

namespace kiosk::office {
namespace {

namespace files = std::filesystem;

// The clerk closed the window, or the input was a file that ended.
struct InputEnded {};

std::string ask(const std::string& question, const std::string& proposed) {
    std::cout << question;
    if (!proposed.empty()) std::cout << " [" << proposed << "]";
    std::cout << ": " << std::flush;
    std::string answer;
    if (!std::getline(std::cin, answer)) throw InputEnded{};
    const std::string path = typed_path(answer);
    return path.empty() ? proposed : path;
}

// Asks until `fault` finds nothing wrong with the answer.
std::string ask_until_good(const std::string& question, const std::string& proposed,
                           const std::function<std::string(const std::string&)>& fault) {
    for (;;) {
        const std::string answer = ask(question, proposed);
        const std::string wrong = fault(answer);
        if (wrong.empty()) return answer;
        std::cout << "   ✕ " << wrong << "\n";
    }
}

bool ask_yes(const std::string& question, bool proposed) {
    for (;;) {
        const std::string answer = ask(question + " (c = có, k = không)", proposed ? "c" : "k");
        for (const char* yes : {"c", "C", "có", "Có", "co", "y", "Y"})
            if (answer == yes) return true;
        for (const char* no : {"k", "K", "không", "Không", "khong", "n", "N"})
            if (answer == no) return false;
        std::cout << "   ✕ Hãy gõ c hoặc k rồi nhấn Enter.\n";
    }
}

std::vector<files::path> files_on(const files::path& folder, std::string_view extension) {
    std::vector<files::path> found;
    std::error_code error;
    for (const auto& entry : files::directory_iterator(folder, error))
        if (entry.path().extension() == extension) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

class Guide {
  public:
    Guide() : console_("vi", false) {}

    int run() {
        std::cout << "NHẬN GÓP Ý TỪ CÁC KIOSK\n"
                     "Nhấn Enter để chọn giá trị trong ngoặc vuông. Nhấn Ctrl+C để dừng bất cứ lúc nào; không có gì bị mất.\n\n";
        if (!choose_key()) return kRefused;
        choose_stick();
        enrol_new_kiosks();
        choose_store();
        const bool writes_receipts = ask_yes("4. Viết biên nhận lên USB để kiosk xóa dần dữ liệu cơ quan đã nhận?", true);
        std::cout << '\n';
        const int collected = collect_from_stick(writes_receipts);
        ::sync();
        std::cout << "\nCó thể rút USB.\n";
        if (!has_store()) return collected;
        return std::max(collected, write_tables());
    }

  private:
    bool choose_key() {
        const files::path usual = home_ / "keys" / "office-key.txt";
        std::error_code ignored;
        if (!files::exists(usual, ignored) && ask_yes("Chưa có khóa của cơ quan trên máy này. Tạo khóa mới?", false)) {
            KeygenOptions keygen_options;
            keygen_options.out = home_ / "keys";
            keygen_options.office = ask("   Tên cơ quan (in trên phiếu khóa)", "");
            if (keygen(keygen_options, console_) != kDone) return false;
            std::cout << '\n';
        }
        key_ = ask_until_good("1. Tệp khóa của cơ quan", usual.string(), [](const std::string& answer) -> std::string {
            std::error_code error;
            if (files::is_directory(answer, error)) return "Đây là thư mục. Hãy chọn tệp office-key.txt trong đó.";
            return files::is_regular_file(answer, error) ? "" : "Không có tệp này. Hãy cắm USB giữ khóa rồi kiểm tra đường dẫn.";
        });
        return true;
    }

    void choose_stick() {
        const std::string proposed = stick_with_bundles().string();
        stick_ = ask_until_good("2. Cắm USB lấy từ kiosk rồi nhập thư mục của USB", proposed, [](const std::string& answer) -> std::string {
            std::error_code error;
            if (answer.empty()) return "Chưa thấy USB nào có dữ liệu. Hãy cắm USB, chờ vài giây, rồi kéo biểu tượng USB vào cửa sổ này.";
            if (!files::is_directory(answer, error)) return "Không có thư mục này. USB đã cắm chưa?";
            return files_on(answer, ".kbx").empty() ? "Trong thư mục này không có gói dữ liệu (.kbx). Hãy chọn đúng USB lấy từ kiosk." : "";
        });
    }

    // Whoever reads the eight words on both screens makes the kiosk trusted; nobody else can.
    void enrol_new_kiosks() {
        for (const files::path& file : files_on(stick_, ".enrolment")) {
            auto content = read_file(file, 64 * 1024);
            auto kiosk = content ? exporting::read_kiosk_enrolment(text_of(*content)) : content.error();
            std::error_code ignored;
            if (!kiosk || files::exists(trust() / (kiosk->kiosk_id + ".pub"), ignored)) continue;
            const auto key = sealing::MinisignPublicKey::parse(kiosk->signing_key);
            if (!key) continue;
            std::cout << "   Kiosk mới: " << kiosk->kiosk_id << (kiosk->name.empty() ? "" : " (" + kiosk->name + ")")
                      << "\n   Tám từ của kiosk: " << sealing::key_words(*key) << '\n';
            if (!ask_yes("   Đúng là tám từ mà kiosk hiện ra (lệnh feedback-kiosk enrol)?", false)) continue;
            if (auto added = Trust::add(trust(), kiosk->kiosk_id, *key, false); !added) console_.refuse(added.error());
        }
        std::error_code ignored;
        files::create_directories(trust(), ignored);
    }

    void choose_store() {
        store_ = ask_until_good("3. Kho dữ liệu", (home_ / "store.db").string(), [](const std::string& answer) -> std::string {
            std::error_code ignored;
            if (answer.find("://") == std::string::npos) files::create_directories(files::path(answer).parent_path(), ignored);
            const auto store = office_store::OfficeStore::open(answer, read_definition);
            return store ? "" : store.error().message.vi;
        });
    }

    int collect_from_stick(bool writes_receipts) {
        CollectOptions options;
        options.bundles = {stick_};
        options.keys = {key_};
        options.store = store_;
        options.trust = trust();
        if (writes_receipts) options.receipt = stick_;
        return collect(options, console_);
    }

    bool has_store() const {
        auto store = office_store::OfficeStore::open_existing(store_, read_definition);
        if (!store) return false;
        const auto activities = store->activities();
        return activities && !activities->empty();
    }

    int write_tables() {
        const std::string out = ask_until_good("\n5. Thư mục để ghi bảng Excel và báo cáo (gõ k: không ghi)", (home_ / "bang").string(),
                                               [](const std::string& answer) -> std::string {
                                                   if (answer == "k" || answer == "K") return "";
                                                   std::error_code error;
                                                   files::create_directories(answer, error);
                                                   return error ? "Không tạo được thư mục này: hãy chọn thư mục khác." : "";
                                               });
        if (out == "k" || out == "K") return kDone;
        int status = kDone;
        for (const std::string& activity : activities()) {
            status = std::max(status, export_activity(activity, out));
            if (activity != "candidate_referral") continue;
            DuplicatesOptions options;
            options.store = store_;
            std::cout << "\nNgười có thể được giới thiệu hai lần:\n";
            status = std::max(status, duplicates(options, console_));
        }
        ReportOptions options;
        options.store = store_;
        options.html = files::path(out) / "bao-cao.html";
        status = std::max(status, report(options, console_));
        std::cout << "\nXong.\n";
        return status;
    }

    std::vector<std::string> activities() const {
        auto store = office_store::OfficeStore::open_existing(store_, read_definition);
        if (!store) return {};
        auto listed = store->activities();
        return listed ? *listed : std::vector<std::string>();
    }

    // In Vietnamese where the form has it, else in codes.
    int export_activity(const std::string& activity, const std::string& out) const {
        ExportOptions options;
        options.store = store_;
        options.activity = activity;
        options.out = out;
        options.how.format = exporting::ExportFormat::xlsx;
        auto store = office_store::OfficeStore::open_existing(store_, read_definition);
        if (!store) return console_.refuse(store.error());
        auto forms = store->forms(activity);
        if (!forms) return console_.refuse(forms.error());
        const bool is_vietnamese = std::all_of(forms->begin(), forms->end(), [](const core::AnswerForm& form) {
            return std::find(form.languages.begin(), form.languages.end(), "vi") != form.languages.end();
        });
        if (is_vietnamese) options.how.labels = "vi";
        return export_answers(options, console_);
    }

    files::path trust() const { return home_ / "trust"; }

    Console console_;
    files::path home_ = home_folder() / "feedback-office";
    files::path key_, stick_;
    std::string store_;
};

}  // namespace

int guide(const Console&) {
    try {
        return Guide().run();
    } catch (const InputEnded&) {
        std::cout << "\nĐã dừng. Không có gì bị mất; lần sau hãy chạy lại từ đầu.\n";
        return kWrongUsage;
    }
}

}  // namespace kiosk::office
