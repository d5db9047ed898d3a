#include <kiosk/plugin_host/check_plugin.hpp>

#include "entry_check.hpp"
#include "plugin_files.hpp"
#include "plugin_instance.hpp"
#include "sealed_library.hpp"

#include <kiosk/core/form_words.hpp>

#include <iterator>

namespace kiosk::plugin_host {
namespace {

// The texts of one item, whatever its kind.
struct TextCollector {
    std::vector<const core::Text*>& texts;

    void operator()(const core::Heading& item) const { texts.push_back(&item.text); }
    void operator()(const core::Paragraph& item) const { texts.push_back(&item.text); }
    void operator()(const core::Notice& item) const { texts.push_back(&item.text); }
    void operator()(const core::FormPages&) const {}
    void operator()(const core::Consent& item) const { texts.push_back(&item.text); }
    void operator()(const core::Choice& item) const {
        texts.push_back(&item.label);
        for (const auto& option : item.options) texts.push_back(&option.label);
    }
    void operator()(const core::Chart& item) const {
        texts.push_back(&item.title);
        texts.push_back(&item.note);
        for (const auto& bar : item.bars) texts.push_back(&bar.label);
    }
    void operator()(const core::Receipt& item) const { texts.push_back(&item.text); }
    void operator()(const core::Document&) const {}
    void operator()(const core::Signature& item) const { texts.push_back(&item.label); }
};

class ContractCheck {
  public:
    ContractCheck(PluginInstance& plugin, const std::set<std::string>& messages, std::vector<core::Error>& problems)
        : plugin_(plugin), messages_(messages), problems_(problems) {}

    void run() {
        begin();  // destroyed before anything was asked of it
        if (const auto visit = begin()) check_screen(*visit);
        if (const auto visit = begin()) {  // answers to nothing that was asked, and none at all
            note(visit->submit({{"/data/kiosk_contract_no_such_question", "x"}, {"", ""}}));
            check_screen(*visit);
        }
        if (const auto visit = begin()) {
            check_screen(*visit);
            note(visit->submit({}));
            check_screen(*visit);
        }
    }

  private:
    template <class T>
    bool note(const core::Result<T>& result) {
        if (!result) add(result.error());
        return result.has_value();
    }
    void add(const core::Error& error) {
        for (const core::Error& known : problems_)
            if (known == error) return;
        problems_.push_back(error);
    }

    std::unique_ptr<PluginVisit> begin() {
        auto visit = plugin_.begin();
        return note(visit) ? std::move(*visit) : nullptr;
    }

    void check_screen(PluginVisit& visit) {
        const auto screen = visit.describe();
        if (!note(screen)) return;
        const auto again = visit.describe();
        if (note(again) && *again != *screen)
            add({"plugin.describe_changes",
                 {"Hai lần describe() liên tiếp cho kết quả khác nhau; describe() không được thay đổi gì.",
                  "Two calls of describe() in a row differ; describe() may change nothing."}});
        if (screen->items.empty())
            add({"plugin.empty_screen",
                 {"describe() không mô tả gì: khách sẽ thấy một trang trống.",
                  "describe() describes nothing: the visitor would see an empty page."}});
        std::vector<const core::Text*> texts;
        for (const core::ScreenItem& item : screen->items) std::visit(TextCollector{texts}, item);
        for (const core::Text* text : texts)
            if (!messages_.contains(text->id) && !text->id.starts_with(core::kFormWords))
                add({"plugin.unknown_message",
                     {"describe() dùng câu “" + text->id + "” nhưng các tệp .po không có.",
                      "describe() uses the message \"" + text->id + "\", which the .po files do not have."}});
    }

    PluginInstance& plugin_;
    const std::set<std::string>& messages_;
    std::vector<core::Error>& problems_;
};

}  // namespace

PluginCheck check_plugin(const std::filesystem::path& library, const Trust& trust) {
    PluginFiles files = read_plugin_files(library, trust);
    PluginCheck check{files.activity, std::move(files.catalogues), std::move(files.problems)};
    if (!files.may_load) return check;
    const auto entry = load_sealed_library(library.filename().string(), files.library);
    if (!entry) {
        check.problems.push_back(entry.error());
        return check;
    }
    auto disagreements = check_entry(**entry, check.activity);
    std::move(disagreements.begin(), disagreements.end(), std::back_inserter(check.problems));
    if (!disagreements.empty()) return check;
    auto instance = PluginInstance::create(**entry, check.activity.forms, {}, {});
    if (instance) ContractCheck(**instance, files.messages, check.problems).run();
    else check.problems.push_back(instance.error());
    return check;
}

}  // namespace kiosk::plugin_host
