// `document`: one answer as a page to print or file.
#include "collector.hpp"
#include "commands.hpp"

#include <kiosk/documents/document.hpp>
#include <kiosk/exporting/folder.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <array>
#include <optional>
#include <system_error>

namespace kiosk::office {
namespace {

std::vector<std::filesystem::path> layout_folders(const std::filesystem::path& own) {
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    std::vector<std::filesystem::path> folders{program.parent_path().parent_path() / "share/feedback-kiosk/documents"};
    if (!own.empty()) folders.push_back(own);
    return folders;
}

core::Result<documents::Layout> layout_for(const DocumentOptions& options, const office_store::StoredDocument& stored) {
    const auto folders = layout_folders(options.layouts);
    if (!options.layout.empty()) return documents::find_layout(folders, options.layout);
    auto own = documents::find_layout(folders, stored.form_id);
    if (own || own.error().code != "document.no_layout") return own;
    auto general = documents::find_layout(folders, stored.activity);
    return general || general.error().code != "document.no_layout" ? general : own;
}

}  // namespace

int document(const DocumentOptions& options, const Console& console) {
    auto store = office_store::OfficeStore::open_existing(options.store, read_definition);
    if (!store) return console.refuse(store.error());
    const auto stored = store->document(options.response);
    if (!stored) return console.refuse(stored.error());
    const auto form = read_definition(stored->definition);
    if (!form) return console.refuse(form.error());
    const auto layout = layout_for(options, *stored);
    if (!layout) return console.refuse(layout.error());
    const auto pdf = documents::make_pdf(*layout, {*form, stored->xml, "vi", {}});
    if (!pdf) return console.refuse(pdf.error());
    auto folder = exporting::DiskFolder::open(options.out.has_parent_path() ? options.out.parent_path() : ".");
    if (!folder) return console.refuse(folder.error());
    if (auto written = exporting::publish(*folder, {{options.out.filename().string(), *pdf}}); !written)
        return console.refuse(written.error());
    console.say({"Đã ghi " + options.out.string(), "Wrote " + options.out.string()});
    return kDone;
}

}  // namespace kiosk::office
