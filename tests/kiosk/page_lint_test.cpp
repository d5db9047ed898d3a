// `plugins check` on a plugin that loads but whose words or pages no visitor should meet: each fault seeded, each named.
#include "page_lint.hpp"

#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace kiosk;
namespace fs = std::filesystem;

namespace {

const std::string kSurvey = "type,name,label::Tiếng Việt (vi),label::English (en),required,constraint,constraint_message::Tiếng Việt (vi),constraint_message::English (en)\n";
const std::string kChoices = "list_name,name,label::Tiếng Việt (vi),label::English (en)\nmuc,tot,Tốt,Good\nmuc,kem,Kém,Poor\n";

// The plugin without a fault of the loader's tests, beside forms of our own; signed by nobody.
class Plugin {
  public:
    Plugin() {
        fs::create_directories(data_.path() / "plugins");
        fs::copy(fs::path(BROKEN_PLUGIN_FOLDER) / "none", data_.path() / "plugins/none");
        put_form("fixture", "select_one muc,q,Ông/bà đánh giá thế nào?,How do you rate it?,yes,,,\n");
        put_form("other", "text,q,Ý kiến khác,Other comments,,,,\n");
    }

    void put_form(const std::string& id, const std::string& rows, const std::string& choices = kChoices) const {
        const fs::path folder = data_.path() / "forms" / id;
        fs::create_directories(folder);
        std::ofstream(folder / "survey.csv") << kSurvey << rows;
        std::ofstream(folder / "choices.csv") << choices;
        std::ofstream(folder / "settings.csv") << "form_id,version,form_title,default_language,style\n" << id << ",1,Phiếu thử,Tiếng Việt (vi),pages\n";
    }
    void remove_form(const std::string& id) const { fs::remove_all(data_.path() / "forms" / id); }

    plugin_host::PluginCheck check() const {
        auto check = plugin_host::check_plugin(library(), plugin_host::Trust::development());
        REQUIRE(check.problems.empty());   // the loader has nothing against it
        return check;
    }
    std::vector<core::Error> problems(const plugin_host::PluginCheck& check) const { return lint_pages({}, library(), check); }
    std::vector<core::Error> problems() const { return problems(check()); }

  private:
    fs::path library() const { return data_.path() / "plugins/none/none.so"; }
    test_support::TemporaryFolder data_;
};

bool names(const std::vector<core::Error>& problems, const std::string& code, const std::string& part) {
    return std::any_of(problems.begin(), problems.end(), [&](const core::Error& problem) {
        return problem.code == code && problem.message.en.find(part) != std::string::npos && !problem.message.vi.empty();
    });
}

}  // namespace

TEST_CASE("a plugin whose words and pages are in order passes, though nobody has signed it yet") {
    const Plugin plugin;
    for (const core::Error& problem : plugin.problems()) UNSCOPED_INFO(problem.code << ": " << problem.message.en);
    CHECK(plugin.problems().empty());
}

TEST_CASE("a question without one of the plugin's languages is refused") {
    const Plugin plugin;
    plugin.put_form("fixture", "select_one muc,q,Ông/bà đánh giá thế nào?,,yes,,,\n");
    CHECK(names(plugin.problems(), "form.untranslated", "question q: there is no label in the language “en”"));
}

TEST_CASE("a choice without one of the plugin's languages is refused") {
    const Plugin plugin;
    plugin.put_form("fixture", "select_one muc,q,Ông/bà đánh giá thế nào?,How do you rate it?,yes,,,\n", "list_name,name,label::Tiếng Việt (vi),label::English (en)\nmuc,tot,Tốt,Good\nmuc,kem,Kém,\n");
    CHECK(names(plugin.problems(), "form.untranslated", "choice"));
}

TEST_CASE("words that blame, plead or shout are refused, wherever in the form they stand") {
    const Plugin plugin;
    plugin.put_form("fixture", "text,q,Vui lòng nhập tên,Your name,,,,\n");
    CHECK(names(plugin.problems(), "words.UX-43", "vui lòng"));
    plugin.put_form("fixture", "integer,q,Tuổi,Age,,. < 120,Tuổi không hợp lệ,Age must be below 120\n");
    CHECK(names(plugin.problems(), "words.UX-43", "không hợp lệ"));
    plugin.put_form("fixture", "text,q,Tên,Enter your name!,,,,\n");
    CHECK(names(plugin.problems(), "words.UX-43", "!"));
}

TEST_CASE("the same holds for the plugin's own messages and its manifest, which no walk through the pages may meet") {
    const Plugin plugin;
    plugin_host::PluginCheck check = plugin.check();
    check.catalogues["vi"]["mistyped"] = "Xin lỗi, mã này sai.";
    check.activity.reader.en = "Please ask at the desk.";
    const auto problems = plugin.problems(check);
    CHECK(names(problems, "words.UX-43", "vi.po, mistyped: do not write “xin lỗi”"));
    CHECK(names(problems, "words.UX-43", "manifest.json: do not write “please”"));
}

TEST_CASE("a page that cannot keep its controls within the smallest screen at the largest size is refused") {
    const Plugin plugin;
    plugin.put_form("fixture", "select_one muc,q,Cơ quan nào?,Which office?,yes,,,\n",
                    "list_name,name,label::Tiếng Việt (vi),label::English (en)\nmuc,a,Ban_Quản_lý_Dự_án_Đầu_tư_Xây_dựng_Khu_vực,Regional_Construction_Board\nmuc,b,Khác,Other\n");
    const auto problems = plugin.problems();
    CHECK(names(problems, "page.UX-19", "none/q, choice.a"));
}

TEST_CASE("a plugin whose form is nowhere is told so, not passed unseen") {
    const Plugin plugin;
    plugin.remove_form("other");
    CHECK(names(plugin.problems(), "form.not_found", "other"));
}
