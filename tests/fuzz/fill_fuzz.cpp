// Three bytes a step, taken on one form with everything that makes a visit hard: nested repeats, a counted one, a cascade,
// triggers, calculations over all of them. Whatever the steps: a refused one changes nothing, every path listed is found,
// pages show what is there, the same steps lead to the same state, and what is finished is a submission.

#include <kiosk/core/assert.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/forms/read_form.hpp>
#include <kiosk/forms/submission.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace kiosk;
using namespace kiosk::forms;

namespace {

constexpr std::string_view kSurvey =
    "type,name,label::vi,label::en,required,relevant,constraint,calculation,default,trigger,repeat_count,choice_filter,parameters,appearance\n"
    "text,name,Tên ${age},Name,yes,,string-length(.) < 20,,,,,,,\n"
    "integer,age,Tuổi,Age,,,. >= 0 and . < 150,,30,,,,,\n"
    "select_one huyen,huyen,Huyện,District,,${age} > 17,,,,,,,,\n"
    "select_one xa,xa,Xã,Commune,yes,,,,,,,huyen = ${huyen},randomize=true,\n"
    "select_multiple huyen,many,Nhiều,Many,,,count-selected(.) < 3,,,,,,,\n"
    "rank huyen,order,Thứ tự,Order,,,,,,,,,,\n"
    "range,mark,Điểm,Mark,,,,,,,,,start=1 end=5 step=1,\n"
    "date,day,Ngày,Day,,,. <= today(),,today(),,,,,\n"
    "calculate,label,,,,,,\"concat(jr:choice-name(${xa}, '${xa}'), ' ', format-date(${day}, '%a %e'))\",,,,,,\n"
    "begin_repeat,member,Người,Member,,,,,,,,,,\n"
    "text,who,Ai,Who,yes,,,,\"concat('no ', position(..))\",,,,,\n"
    "integer,years,Năm,Years,,string-length(${who}) > 2,,,,,,,,\n"
    "calculate,twice,,,,,,${years} * 2,,,,,,\n"
    "begin_repeat,child,Con,Child,,${years} > 20,,,,,,,,\n"
    "integer,height,Cao,Height,,,,,,,,,,\n"
    "end_repeat,,,,,,,,,,,,,\n"
    "calculate,tall,,,,,,max(${height}),,,,,,\n"
    "end_repeat,,,,,,,,,,,,,\n"
    "integer,places,Số nơi,Places,,,,,,,,,,\n"
    "begin_repeat,place,Nơi,Place,,,,,,,${places},,,field-list\n"
    "text,where,Ở đâu,Where,,,,,,,,,,\n"
    "end_repeat,,,,,,,,,,,,,\n"
    "calculate,stamp,,,,,,\"concat(${name}, now())\",,${name},,,,\n"
    "calculate,total,,,,,,\"sum(${twice}) + count(${place}) + once(7)\",,,,,,\n"
    "note,bye,Tổng ${total},Total ${total},,,,,,,,,,\n";
constexpr std::string_view kChoices =
    "list_name,name,label::vi,label::en,huyen\nhuyen,a,A,A,\nhuyen,b,B,B,\nhuyen,c,C,C,\nxa,x,X ${name},X,a\nxa,y,Y,Y,a\nxa,z,Z,Z,b\n";

std::optional<core::Bytes> sheet(std::string_view name) {
    const std::string_view text = name == "survey.csv"    ? kSurvey
                                  : name == "choices.csv" ? kChoices
                                  : name == "settings.csv" ? std::string_view("form_id,version,default_language\nfuzz,1,vi\n")
                                                           : std::string_view();
    if (text.empty()) return std::nullopt;
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return core::Bytes(first, first + text.size());
}

FormVisit begin() {
    static const FormReading reading = read_form_folder(sheet, "fuzz");
    KIOSK_ASSERT(reading.form != nullptr);
    VisitSettings settings;
    settings.now = [] { return core::WallTime(std::chrono::milliseconds(1'795'829'400'000)); };
    core::Result<FormVisit> visit = FormVisit::begin(reading.form, std::move(settings));
    KIOSK_ASSERT(visit.has_value());
    return std::move(*visit);
}

constexpr std::string_view kValues[] = {"", "a", "b", "x", "z", "a b", "c b a", "0", "1", "3", "18", "40", "-1", "2.5", "999", "1001", "1e9",
                                        "2026-11-24", "2026-02-30", "đường", "true", "' or 1=1", "\xFF", "a\tb"};

core::Result<void> take(FormVisit& visit, const std::vector<NodeView>& nodes, const std::uint8_t* step) {
    const std::string path = step[1] == 255 ? "/data/none[0]" : nodes[step[1] % nodes.size()].path;
    std::vector<std::string> repeats;
    for (const NodeView& node : nodes)
        if (node.type == "repeat") repeats.push_back(node.path);
    const std::string repeat = repeats.empty() ? path : repeats[step[1] % repeats.size()];
    switch (step[0] % 9) {
        case 0: return visit.clear(path);
        case 1: return visit.add_repeat(step[2] % 4 == 0 ? path : repeat.substr(0, repeat.rfind('[')));
        case 2: return visit.remove_repeat(step[2] % 4 == 0 ? path : repeat);
        case 3: return visit.next();
        case 4: return visit.back();
        case 5: return visit.set_language(step[2] % 2 == 0 ? "vi" : "en");
        case 6: return visit.go_to(path);
        case 7: return step[2] % 4 == 0 ? visit.finish() : visit.next();
        default: return visit.set(path, kValues[step[2] % std::size(kValues)]);
    }
}

void check(const FormVisit& visit, const std::vector<NodeView>& nodes) {
    for (const NodeView& node : nodes) KIOSK_ASSERT(visit.node(node.path) == node);
    for (const std::string& path : visit.page()) KIOSK_ASSERT(visit.node(path).relevant);
    KIOSK_ASSERT(visit.page_number() <= visit.page_count());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t most_steps = 40;
    FormVisit visit = begin(), again = begin();
    std::vector<NodeView> nodes = visit.nodes();
    for (std::size_t at = 0; at + 3 <= size && at < most_steps * 3 && nodes.size() < 200; at += 3) {
        const std::vector<std::string> page = visit.page();
        const core::Result<void> done = take(visit, nodes, data + at);
        KIOSK_ASSERT(take(again, nodes, data + at).has_value() == done.has_value());
        std::vector<NodeView> after = visit.nodes();
        if (!done) {
            KIOSK_ASSERT(!done.error().message.vi.empty() && !done.error().message.en.empty());
            KIOSK_ASSERT(visit.page() == page);
            // What blocks the way on is marked then; its value stays.
            KIOSK_ASSERT(after.size() == nodes.size());
            for (std::size_t i = 0; i < nodes.size(); ++i) KIOSK_ASSERT(after[i].value == nodes[i].value && after[i].path == nodes[i].path);
        }
        nodes = std::move(after);
        check(visit, nodes);
        KIOSK_ASSERT(again.nodes() == nodes);
        if (visit.ended()) {
            const core::Result<Submission> submission = read_submission(visit.submission());
            KIOSK_ASSERT(submission && submission->form_id == "fuzz" && submission->form_version == "1");
        }
    }
    return 0;
}
