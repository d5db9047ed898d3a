#include "screen_recorder.hpp"

#include "abi_copy.hpp"

#include <kiosk/core/form_words.hpp>

namespace kiosk::plugin_host {
namespace {

constexpr std::size_t kMaxItems = 48;
constexpr std::size_t kMaxOptions = 64;
constexpr std::size_t kMaxBars = 32;

ScreenRecorder& of(const kiosk_screen* sink) { return *static_cast<ScreenRecorder*>(sink->context); }

}  // namespace

ScreenRecorder::ScreenRecorder(std::span<const std::string> forms) : forms_(forms) {
    sink_ = {sizeof(sink_), this,      on_heading, on_text,    on_notice,   on_form,
             on_consent,    on_choice, on_chart,   on_receipt, on_document, on_signature};
}

void ScreenRecorder::refuse(std::string_view what) {
    if (broken_.empty()) broken_ = what;
}

void ScreenRecorder::add(core::ScreenItem item) {
    if (screen_.items.size() == kMaxItems) refuse("more than 48 items");
    if (broken_.empty()) screen_.items.push_back(std::move(item));
}

std::string ScreenRecorder::name(kiosk_str text) {
    auto copy = checked_name(text);
    if (!copy) refuse("an id or name that is empty, too long or has characters it may not have");
    return std::move(copy).value_or("");
}

std::string ScreenRecorder::item_id(kiosk_str text) {
    std::string id = name(text);
    if (!ids_.insert(id).second) refuse("two items with the same id");
    return id;
}

core::Text ScreenRecorder::message(const kiosk_text* text) {
    auto copy = checked_text(text);
    if (!copy) refuse("a text without an id, too long, or not in UTF-8");
    return std::move(copy).value_or(core::Text{});
}

void ScreenRecorder::on_heading(const kiosk_screen* sink, const kiosk_text* text) {
    of(sink).add(core::Heading{of(sink).message(text)});
}

void ScreenRecorder::on_text(const kiosk_screen* sink, const kiosk_text* text) {
    of(sink).add(core::Paragraph{of(sink).message(text)});
}

void ScreenRecorder::on_notice(const kiosk_screen* sink, kiosk_str id, const kiosk_text* text) {
    of(sink).add(core::Notice{of(sink).item_id(id), of(sink).message(text)});
}

void ScreenRecorder::on_form(const kiosk_screen* sink, kiosk_str form_id) {
    ScreenRecorder& self = of(sink);
    std::string id = self.name(form_id);
    if (!core::may_show(self.forms_, id))
        self.refuse("a form that is not among the manifest's forms");
    if (self.screen_.form() != nullptr) self.refuse("more than one form");
    self.add(core::FormPages{std::move(id)});
}

void ScreenRecorder::on_consent(const kiosk_screen* sink, kiosk_str id, const kiosk_text* text, kiosk_str version) {
    of(sink).add(core::Consent{of(sink).item_id(id), of(sink).message(text), of(sink).name(version)});
}

void ScreenRecorder::on_choice(const kiosk_screen* sink, kiosk_str id, const kiosk_text* label,
                               const kiosk_option* options, size_t count) {
    ScreenRecorder& self = of(sink);
    core::Choice choice{self.item_id(id), self.message(label), {}};
    if (count < 2 || count > kMaxOptions || options == nullptr) return self.refuse("a choice without 2 to 64 options");
    std::set<std::string> names;
    for (const kiosk_option& option : std::span(options, count)) {
        choice.options.push_back({self.name(option.name), self.message(&option.label),
                                  option.icon.size == 0 ? std::string() : self.name(option.icon)});
        if (!names.insert(choice.options.back().name).second) self.refuse("two options with the same name");
    }
    self.add(std::move(choice));
}

void ScreenRecorder::on_chart(const kiosk_screen* sink, const kiosk_text* title, const kiosk_bar* bars, size_t count,
                              const kiosk_text* note) {
    ScreenRecorder& self = of(sink);
    core::Chart chart{self.message(title), {}, self.message(note)};
    if (count == 0 || count > kMaxBars || bars == nullptr) return self.refuse("a chart without 1 to 32 bars");
    for (const kiosk_bar& bar : std::span(bars, count)) chart.bars.push_back({self.message(&bar.label), bar.count});
    self.add(std::move(chart));
}

void ScreenRecorder::on_receipt(const kiosk_screen* sink, const kiosk_text* text, uint32_t flags) {
    if ((flags & ~static_cast<uint32_t>(KIOSK_RECEIPT_SHOWS_CODE)) != 0) of(sink).refuse("a receipt with unknown flags");
    of(sink).add(core::Receipt{of(sink).message(text), (flags & KIOSK_RECEIPT_SHOWS_CODE) != 0});
}

void ScreenRecorder::on_document(const kiosk_screen* sink, kiosk_str layout) {
    of(sink).add(core::Document{of(sink).name(layout)});
}

void ScreenRecorder::on_signature(const kiosk_screen* sink, kiosk_str id, const kiosk_text* label) {
    of(sink).add(core::Signature{of(sink).item_id(id), of(sink).message(label)});
}

}  // namespace kiosk::plugin_host
