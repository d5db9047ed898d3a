#include "form_library.hpp"

#include <kiosk/core/form_words.hpp>
#include <kiosk/forms/read_form.hpp>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

namespace kiosk {
namespace {

namespace fs = std::filesystem;

std::optional<core::Bytes> read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in) return std::nullopt;
    core::Bytes bytes(static_cast<std::size_t>(in.tellg()));
    in.seekg(0);
    if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
    return bytes;
}

bool is_form_file(const fs::path& file) { return file.extension() == ".xlsx" || file.extension() == ".xml"; }

bool is_form_folder(const fs::path& folder) { return fs::exists(folder / "survey.csv"); }

// The first fault in words; `form check` lists them all.
core::Error refusal(const fs::path& file, const forms::Diagnosis& diagnosis) {
    const std::string name = file.filename().string();
    core::Words what{"không đọc được", "it cannot be read"};
    std::string code = "form.unreadable";
    if (!diagnosis.errors.empty()) {
        const forms::Finding& first = diagnosis.errors.front();
        const std::string where = first.sheet.empty() ? "" : first.sheet + (first.cell.empty() ? "" : " " + first.cell) + ": ";
        what = {where + first.message.vi + " " + first.repair.vi, where + first.message.en + " " + first.repair.en};
        code = first.code;
    }
    return {code, {"Biểu mẫu " + name + ": " + what.vi, "Form " + name + ": " + what.en}};
}

core::Error claimed_twice(const std::string& id, const fs::path& folder) {
    return {"form.twice",
            {"Thư mục " + folder.string() + " có hai biểu mẫu cùng mã “" + id + "”. Giữ lại một.",
             "The folder " + folder.string() + " has two forms with the id “" + id + "”. Keep one of them."}};
}

}  // namespace

FormLibrary::FormLibrary(std::vector<fs::path> places) {
    for (fs::path& place : places) places_.push_back({std::move(place), {}, {}, {}});
    refresh();
}

bool FormLibrary::refresh() {
    bool has_changed = false;
    for (Place& place : places_) {
        std::vector<Stamp> now = stamps(place.folder);
        if (now == place.stamps) continue;
        place.stamps = std::move(now);
        read(place);
        has_changed = true;
    }
    return has_changed;
}

std::vector<FormLibrary::Stamp> FormLibrary::stamps(const fs::path& place) {
    std::vector<Stamp> all;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(place, fs::directory_options::follow_directory_symlink, error)) {
        if (!entry.is_regular_file(error)) continue;
        all.push_back({entry.path().string(), entry.last_write_time(error), entry.file_size(error)});
    }
    std::sort(all.begin(), all.end(), [](const Stamp& a, const Stamp& b) { return a.file < b.file; });
    return all;
}

void FormLibrary::read(Place& place) {
    place.shelf.clear();
    place.files.clear();
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(place.folder, error)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        forms::FormReading reading;
        if (fs::is_directory(file) && is_form_folder(file)) {
            reading = cache_.folder(file.filename().string(), [&](std::string_view name) { return read_file(file / name); });
        } else if (is_form_file(file)) {
            reading = cache_.file(file.filename().string(), [&](std::string_view name) { return read_file(file.parent_path() / name); });
        } else {
            continue;
        }
        const std::string id = reading.id.empty() ? file.stem().string() : reading.id;
        if (place.shelf.contains(id))
            place.shelf.insert_or_assign(id, claimed_twice(id, place.folder));
        else if (reading.form)
            place.shelf.emplace(id, reading.form);
        else
            place.shelf.emplace(id, refusal(file, reading.diagnosis));
        place.files.emplace(id, file);
    }
}

FormLibrary::Entry FormLibrary::find(const std::string& id) const {
    for (auto place = places_.rbegin(); place != places_.rend(); ++place)
        if (const auto found = place->shelf.find(id); found != place->shelf.end()) return found->second;
    return core::Error{"form.not_found",
                       {"Không có biểu mẫu “" + id + "”. Chép tệp .xlsx của biểu mẫu này vào thư mục forms của máy.",
                        "There is no form “" + id + "”. Copy its .xlsx into the kiosk's forms folder."}};
}

fs::path FormLibrary::file_of(const std::string& id) const {
    for (auto place = places_.rbegin(); place != places_.rend(); ++place)
        if (const auto found = place->files.find(id); found != place->files.end()) return found->second;
    return {};
}

std::vector<std::string> FormLibrary::ids() const {
    std::set<std::string> ids;
    for (const Place& place : places_)
        for (const auto& [id, entry] : place.shelf)
            if (find(id)) ids.insert(id);
    return {ids.begin(), ids.end()};
}

std::vector<std::string> FormLibrary::matching(const std::vector<std::string>& manifest_forms) const {
    std::set<std::string> ids;
    for (const Place& place : places_)
        for (const auto& [id, entry] : place.shelf)
            if (core::may_show(manifest_forms, id) && find(id)) ids.insert(id);
    return {ids.begin(), ids.end()};
}

std::vector<core::Error> FormLibrary::problems() const {
    std::vector<core::Error> all;
    for (const Place& place : places_)
        for (const auto& [id, entry] : place.shelf)
            if (!entry) all.push_back(entry.error());
    return all;
}

}  // namespace kiosk
