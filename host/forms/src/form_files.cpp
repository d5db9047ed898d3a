#include <kiosk/forms/form_files.hpp>

#include "fault.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <set>
#include <system_error>

namespace kiosk::forms {
namespace {

namespace fs = std::filesystem;

std::optional<core::Bytes> read_whole(const fs::path& path, std::size_t at_most) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    core::Bytes bytes;
    // One byte more than allowed is enough to see that the file is too large.
    const std::uintmax_t size = fs::file_size(path, error);
    if (error) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(std::min<std::uintmax_t>(size, at_most + 1)));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return bytes;
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find_first_of("/\\") == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

FormReading cannot_read(const fs::path& path, bool exists) {
    FormReading reading;
    reading.diagnosis.errors.push_back(file_fault(
        "file.unreadable", path.string(),
        {exists ? "Không đọc được “" + path.string() + "”." : "Không có “" + path.string() + "”.",
         exists ? "“" + path.string() + "” cannot be read." : "There is no “" + path.string() + "”."},
        {"Kiểm tra lại tên tệp và quyền đọc.", "Check the name and whether you may read it."}));
    return reading;
}

}  // namespace

ReadFile files_in(fs::path folder, const Limits& limits) {
    return [folder = std::move(folder), at_most = limits.file_bytes](std::string_view name) -> std::optional<core::Bytes> {
        if (!is_plain_name(name)) return std::nullopt;
        auto bytes = read_whole(folder / name, at_most);
        return bytes && bytes->size() > at_most ? std::nullopt : std::move(bytes);
    };
}

FormReading read_form_at(const fs::path& path, const Limits& limits) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        const fs::path named = path.has_filename() ? path : path.parent_path();
        return read_form_folder(files_in(path, limits), named.filename().string(), limits);
    }
    const auto bytes = read_whole(path, limits.file_bytes);
    if (!bytes) return cannot_read(path, fs::exists(path, error));
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const ReadFile beside = files_in(folder, limits);
    const ReadFile media = files_in(folder / (path.stem().string() + "-media"), limits);
    const ReadFile both = [beside, media](std::string_view name) {
        auto found = beside(name);
        return found ? found : media(name);
    };
    return read_form(*bytes, path.filename().string(), both, limits);
}

namespace {

std::vector<std::string> media_of(const Form& form, std::initializer_list<std::string LocalText::*> kinds) {
    std::set<std::string> names;
    const auto add = [&](const Translated& words) {
        for (const LocalText& local : words.in)
            for (const auto kind : kinds)
                if (!(local.*kind).empty()) names.insert(local.*kind);
    };
    for (const Control& control : form.controls) {
        add(control.label);
        for (const Choice& choice : control.choices) add(choice.label);
    }
    for (const auto& [id, words] : form.itext) add(words);
    return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> pictures_of(const Form& form) { return media_of(form, {&LocalText::image}); }

std::vector<std::string> unused_media_of(const Form& form) { return media_of(form, {&LocalText::audio, &LocalText::video, &LocalText::big_image}); }

std::vector<fs::path> media_folders(const fs::path& form) {
    const fs::path named = form.has_filename() ? form : form.parent_path();
    const fs::path around = named.has_parent_path() ? named.parent_path() : fs::path(".");
    std::error_code error;
    return {fs::is_directory(named, error) ? named : around, around / (named.stem().string() + "-media"), (around == "." ? fs::path("..") : around.parent_path()) / "media"};
}

}  // namespace kiosk::forms
