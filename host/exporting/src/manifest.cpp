#include "manifest.hpp"

#include <kiosk/core/sha256.hpp>

#include <nlohmann/json.hpp>

#include <cctype>

namespace kiosk::exporting {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

core::Error bad_manifest(const std::string& where) {
    return {"bundle.bad_manifest",
            {"Bản kê của gói dữ liệu sai ở “" + where + "”. Hãy xuất lại gói này từ kiosk.",
             "The bundle's manifest is wrong at \"" + where + "\". Export this bundle from the kiosk again."}};
}

// A file name that says which form it is; the hash keeps apart what would otherwise be the same.
std::string file_name_part(std::string_view text) {
    std::string name;
    for (char c : text.substr(0, 64))
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' ? c : '_';
    if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
    return name;
}

struct Refused {
    std::string where;
};

std::uint64_t number(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned()) throw Refused{name};
    return found->get<std::uint64_t>();
}

const std::string& text(const json& object, const char* name, std::size_t longest) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) throw Refused{name};
    const auto& value = found->get_ref<const std::string&>();
    if (value.size() > longest) throw Refused{name};
    return value;
}

core::Sha256 hash_of(const std::string& hex, const char* name) {
    const auto hash = core::sha256_from_hex(hex);
    if (!hash) throw Refused{name};
    return *hash;
}

const json& list(const json& object, const char* name, std::size_t longest) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array() || found->size() > longest) throw Refused{name};
    return *found;
}

core::BundleHeader header_from(const json& root) {
    if (!root.is_object()) throw Refused{"{"};
    if (number(root, "format") != kFormat) throw Refused{"format"};
    core::BundleHeader header;
    header.kiosk_id = text(root, "kiosk", 64);
    header.sequence = number(root, "sequence");
    header.previous = hash_of(text(root, "previous", 64), "previous");
    header.sealed_answers = number(root, "sealed_answers");
    header.poll_records = number(root, "poll_records");
    header.audit_head = hash_of(text(root, "audit_head", 64), "audit_head");
    for (const json& form : list(root, "forms", 10'000)) {
        if (!form.is_object()) throw Refused{"forms"};
        header.forms.push_back({text(form, "id", 256), text(form, "version", 256),
                                hash_of(text(form, "sha256", 64), "forms.sha256")});
    }
    for (const json& tag : list(root, "withdrawals", 1'000'000)) {
        if (!tag.is_string()) throw Refused{"withdrawals"};
        header.withdrawals.push_back(hash_of(tag.get_ref<const std::string&>(), "withdrawals"));
    }
    for (const json& counter : list(root, "counters", 100'000)) {
        if (!counter.is_object()) throw Refused{"counters"};
        header.counters.push_back({text(counter, "name", 256), number(counter, "value")});
    }
    return header;
}

}  // namespace

std::string definition_path(const core::FormVersion& form) {
    const std::string version = form.version.empty() ? "0" : form.version;
    return "definitions/" + file_name_part(form.id) + "/" + file_name_part(version) + "-" +
           core::to_hex(core::ByteView(form.sha256).first(4)) + ".xml";
}

std::string write_manifest(const core::BundleHeader& header) {
    json root{{"format", kFormat},
              {"kiosk", header.kiosk_id},
              {"sequence", header.sequence},
              {"previous", core::to_hex(header.previous)},
              {"sealed_answers", header.sealed_answers},
              {"poll_records", header.poll_records},
              {"audit_head", core::to_hex(header.audit_head)},
              {"forms", json::array()},
              {"withdrawals", json::array()},
              {"counters", json::array()}};
    for (const core::FormVersion& form : header.forms)
        root["forms"].push_back({{"id", form.id},
                                 {"version", form.version},
                                 {"sha256", core::to_hex(form.sha256)},
                                 {"file", definition_path(form)}});
    for (const core::Sha256& tag : header.withdrawals) root["withdrawals"].push_back(core::to_hex(tag));
    for (const core::BundleCounter& counter : header.counters)
        root["counters"].push_back({{"name", counter.name}, {"value", counter.value}});
    return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

core::Result<core::BundleHeader> read_manifest(core::ByteView bytes) {
    const auto* first = reinterpret_cast<const char*>(bytes.data());
    // A depth limit of our own: the library's parser is iterative, but its values are destroyed recursively.
    const auto depth_limit = [](int depth, json::parse_event_t, json&) -> bool {
        if (depth > 8) throw Refused{"{{{"};
        return true;
    };
    try {
        return header_from(json::parse(first, first + bytes.size(), depth_limit));
    } catch (const Refused& refused) {
        return bad_manifest(refused.where);
    } catch (const json::exception&) {
        return bad_manifest("JSON");
    }
}

}  // namespace kiosk::exporting
