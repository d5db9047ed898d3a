#include <kiosk/forms/form_cache.hpp>

#include "digest.hpp"
#include "fault.hpp"

#include <algorithm>
#include <cstring>

namespace kiosk::forms {
namespace {

core::Sha256 sha256(const core::Bytes& content) {
    const auto raw = digest({reinterpret_cast<const char*>(content.data()), content.size()}, "SHA-256");
    core::Sha256 hash{};
    KIOSK_ASSERT(raw && raw->size() == hash.size());
    std::memcpy(hash.data(), raw->data(), hash.size());
    return hash;
}

std::optional<core::Sha256> hash_of(const std::optional<core::Bytes>& content) {
    return content ? std::optional(sha256(*content)) : std::nullopt;
}

}  // namespace

template <class Read>
FormReading FormCache::look_up(std::string_view name, const ReadFile& folder, const Read& read) {
    const auto is_current = [&](const Entry& entry) {
        return entry.name == name && std::all_of(entry.files.begin(), entry.files.end(), [&](const auto& file) {
                   return hash_of(folder(file.first)) == file.second;
               });
    };
    auto found = std::find_if(entries_.begin(), entries_.end(), is_current);
    if (found == entries_.end()) {
        Entry entry{std::string(name), {}, {}};
        const ReadFile noting = [&](std::string_view file) {
            auto content = folder(file);
            entry.files.emplace_back(file, hash_of(content));
            return content;
        };
        entry.reading = read(noting);
        if (entries_.size() == kCapacity) entries_.pop_back();
        found = entries_.insert(entries_.end(), std::move(entry));
    }
    std::rotate(entries_.begin(), found, found + 1);
    return entries_.front().reading;
}

FormReading FormCache::file(std::string_view name, const ReadFile& folder) {
    return look_up(name, folder, [&](const ReadFile& noting) {
        const auto content = noting(name);
        if (content) return read_form(*content, name, noting, limits_);
        FormReading missing;
        missing.diagnosis.errors.push_back(file_fault("file.unreadable", std::string(name),
                                                      {"Không đọc được tệp “" + std::string(name) + "”.", "The file “" + std::string(name) + "” cannot be read."},
                                                      {"Kiểm tra lại tên tệp và quyền đọc.", "Check the name and whether you may read it."}));
        return missing;
    });
}

FormReading FormCache::folder(std::string_view name, const ReadFile& folder) {
    return look_up(name, folder, [&](const ReadFile& noting) { return read_form_folder(noting, name, limits_); });
}

}  // namespace kiosk::forms
