// A small form made by hand, in two versions, and bundles of its answers: a merge needs no workbook and no kiosk.
#pragma once

#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <string>
#include <vector>

namespace sample {

using namespace kiosk;

inline forms::LocalText local(const std::string& text) {
    forms::LocalText local;
    local.text.push_back({text, ""});
    return local;
}
inline forms::Translated translated(const std::string& vi, const std::string& en) { return {{local(vi), local(en)}}; }

inline void add_node(forms::Form& form, forms::ItemKind kind, const std::string& path, const std::string& type,
                     std::uint32_t parent) {
    forms::Node node;
    node.kind = kind;
    node.path = path;
    node.name = path.substr(path.rfind('/') + 1);
    node.type = type;
    node.parent = parent;
    form.nodes.push_back(node);
}

inline void add_control(forms::Form& form, forms::Translated label, std::vector<forms::Choice> choices = {}) {
    forms::Control control;
    control.node = static_cast<std::uint32_t>(form.nodes.size() - 1);
    control.label = std::move(label);
    control.choices = std::move(choices);
    form.nodes.back().control = static_cast<std::uint32_t>(form.controls.size());
    form.controls.push_back(std::move(control));
}

// Version 2 asks one more question, in between, and has a fifth choice and another label.
inline forms::Form form(int version) {
    using forms::ItemKind;
    forms::Form form;
    form.id = "portal_poll";
    form.version = std::to_string(version);
    form.title = translated("Khảo sát", "Poll");
    form.languages = {{"Tiếng Việt (vi)", "vi"}, {"English (en)", "en"}};
    add_node(form, ItemKind::group, "/data", "group", forms::kNone);
    add_node(form, ItemKind::question, "/data/start", "start", 0);
    add_node(form, ItemKind::question, "/data/rating", "select_one", 0);
    std::vector<forms::Choice> ratings{{"tot", translated("Tốt", "Good")}, {"kem", translated("Kém", "Poor")}};
    if (version > 1) ratings[1].label = translated("Rất kém", "Very poor");
    if (version > 1) ratings.insert(ratings.begin(), {"rat_tot", translated("Rất tốt", "Very good")});
    add_control(form, translated("Bạn đánh giá như thế nào?", "How do you rate it?"), ratings);
    add_node(form, ItemKind::question, "/data/thanks", "note", 0);
    if (version > 1) {
        add_node(form, ItemKind::question, "/data/age", "integer", 0);
        add_control(form, translated("Tuổi", "Age"));
    }
    add_node(form, ItemKind::question, "/data/topics", "select_multiple", 0);
    add_control(form, translated("Chủ đề", "Topics"),
                {{"giay_to", translated("Giấy tờ", "Papers")}, {"dat_dai", translated("Đất đai", "Land")}});
    add_node(form, ItemKind::group, "/data/who", "group", 0);
    const auto who = static_cast<std::uint32_t>(form.nodes.size() - 1);
    add_node(form, ItemKind::question, "/data/who/name", "text", who);
    add_control(form, translated("Họ và tên", "Name"));
    add_node(form, ItemKind::repeat, "/data/member", "repeat", 0);
    const auto member = static_cast<std::uint32_t>(form.nodes.size() - 1);
    add_node(form, ItemKind::question, "/data/member/name", "text", member);
    add_control(form, translated("Tên", "Name"));
    add_node(form, ItemKind::repeat, "/data/member/award", "repeat", member);
    const auto award = static_cast<std::uint32_t>(form.nodes.size() - 1);
    add_node(form, ItemKind::question, "/data/member/award/score", "decimal", award);
    add_control(form, translated("Điểm", "Score"));
    add_node(form, ItemKind::group, "/data/meta", "group", 0);
    add_node(form, ItemKind::question, "/data/meta/instanceID", "text", static_cast<std::uint32_t>(form.nodes.size() - 1));
    return form;
}

inline core::FormVersion form_version(int version) {
    return {"portal_poll", std::to_string(version), core::sha256_of("form " + std::to_string(version))};
}

// Stands in for forms' reader: the "XML" is the version's number.
inline core::Result<forms::Form> read_definition(std::string_view xml) {
    if (xml == "1") return form(1);
    if (xml == "2") return form(2);
    return core::Error{"form.not_xml", {"Không đọc được.", "Cannot be read."}};
}

inline core::Response response(core::Random& random, const std::string& body, int version = 1) {
    core::Response response;
    response.id = core::ResponseId::make(random);
    response.activity = "opinion_poll";
    response.storage = StoragePolicy::anonymous;
    response.form = form_version(version);
    response.document = "<data id=\"portal_poll\" version=\"" + response.form.version + "\">" + body + "<meta><instanceID>uuid:" +
                        response.id.to_string() + "</instanceID></meta></data>";
    return response;
}

inline office_store::IncomingBundle bundle(const std::string& kiosk, std::uint64_t sequence,
                                           const std::vector<core::Response>& responses) {
    office_store::IncomingBundle bundle;
    bundle.header.kiosk_id = kiosk;
    bundle.header.sequence = sequence;
    bundle.header.poll_records = responses.size();
    if (sequence > 1) bundle.header.previous = core::sha256_of(kiosk + std::to_string(sequence - 1));
    bundle.sha256 = core::sha256_of(kiosk + std::to_string(sequence));
    bundle.signature_verified = true;
    for (const int version : {1, 2}) bundle.definitions.emplace_back(form_version(version), std::to_string(version));
    bundle.for_each_row = [responses](const office_store::TakeRow& take) -> core::Result<void> {
        for (const core::Response& one : responses) {
            auto payload = core::encode_response(one);
            if (!payload) return payload.error();
            if (auto taken = take(*payload); !taken) return taken;
        }
        return {};
    };
    return bundle;
}

}  // namespace sample
