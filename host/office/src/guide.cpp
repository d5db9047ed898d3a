// The guided dialogue: one question after another, each with an answer to accept by pressing Enter.
#include "collector.hpp"
#include "commands.hpp"
#include "files.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <system_error>

namespace kiosk::office {
namespace {

// Nothing when the input ended: the clerk closed the window.
std::optional<std::string> ask(const std::string& question, const std::string& proposed) {
    std::cout << question;
    if (!proposed.empty()) std::cout << " [" << proposed << "]";
    std::cout << ": " << std::flush;
    std::string answer;
    if (!std::getline(std::cin, answer)) return std::nullopt;
    return answer.empty() ? proposed : answer;
}

// Places where Debian's desktops mount sticks, the first that holds bundles.
std::filesystem::path proposed_stick() {
    const char* user = std::getenv("USER");
    for (const std::filesystem::path& root : {std::filesystem::path("/media") / (user == nullptr ? "" : user), std::filesystem::path("/media"),
                                             std::filesystem::path("/mnt")}) {
        std::error_code error;
        for (const auto& stick : std::filesystem::directory_iterator(root, error)) {
            std::error_code inner;
            for (const auto& entry : std::filesystem::directory_iterator(stick.path(), inner))
                if (entry.path().extension() == ".kbx") return stick.path();
        }
    }
    return {};
}

std::filesystem::path home() {
    const char* folder = std::getenv("HOME");
    return folder == nullptr ? "." : folder;
}

bool is_yes(const std::string& answer) {
    return answer == "c" || answer == "C" || answer == "co" || answer == "có" || answer == "y" || answer == "Y";
}

int export_all(const std::string& store_location, const std::filesystem::path& out, const Console& console) {
    std::vector<std::string> activities;
    {
        auto store = office_store::OfficeStore::open_existing(store_location, read_definition);
        if (!store) return console.refuse(store.error());
        auto listed = store->activities();
        if (!listed) return console.refuse(listed.error());
        activities = *listed;
    }
    int status = kDone;
    for (const std::string& activity : activities) {
        ExportOptions options;
        options.store = store_location;
        options.activity = activity;
        options.out = out;
        options.how.format = exporting::ExportFormat::xlsx;
        options.how.labels = "vi";
        int one = export_answers(options, console);
        if (one != kDone) {  // a form without Vietnamese labels
            options.how.labels.clear();
            one = export_answers(options, console);
        }
        status = std::max(status, one);
    }
    return status;
}

}  // namespace

int guide(const Console& console) {
    std::cout << "NHẬN GÓP Ý TỪ CÁC KIOSK\n"
                 "Nhấn Enter để chọn giá trị trong ngoặc vuông. Nhấn Ctrl+C để dừng bất cứ lúc nào; không có gì bị mất.\n\n";
    const auto stick = ask("1. Cắm USB rồi nhập thư mục của USB", proposed_stick().string());
    if (!stick) return kWrongUsage;
    const auto key = ask("2. Tệp khóa của văn phòng", (home() / "feedback-office" / "keys" / "office-key.txt").string());
    if (!key) return kWrongUsage;
    const auto store = ask("3. Kho dữ liệu", (home() / "feedback-office" / "store.db").string());
    if (!store) return kWrongUsage;

    CollectOptions collecting;
    collecting.bundles = {*stick};
    collecting.key = *key;
    collecting.store = *store;
    const auto receipts = ask("4. Viết biên nhận lên USB để kiosk xóa dữ liệu đã nộp? (c/k)", "c");
    if (!receipts) return kWrongUsage;
    if (is_yes(*receipts)) collecting.receipt = *stick;
    std::error_code ignored;
    if (store->find("://") == std::string::npos)
        std::filesystem::create_directories(std::filesystem::path(*store).parent_path(), ignored);
    std::cout << '\n';
    const int collected = collect(collecting, console);
    if (!std::filesystem::exists(*store, ignored) && store->find("://") == std::string::npos) return collected;

    const auto out = ask("\n5. Xuất bảng Excel vào thư mục (để trống: không xuất)", (home() / "feedback-office" / "bang").string());
    if (!out || out->empty()) return collected;
    const int exported = export_all(*store, *out, console);
    std::cout << "\nXong. Có thể rút USB.\n";
    return std::max(collected, exported);
}

}  // namespace kiosk::office
