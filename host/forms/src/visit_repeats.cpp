// Instances of repeats: by hand, and as many as their count says.

#include "visit_engine.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

// In one step. A repeat may grow while its last instance asks for more; one that shrinks again and again never settles.
constexpr int kMostShrinks = 10;

core::Error too_many(const std::string& repeat, double wanted) {
    const std::string count = number_text(wanted), limit = std::to_string(VisitEngine::kMostInstances);
    return {"visit.too_many", {"Nhóm lặp “" + repeat + "” sẽ có " + count + " lượt, quá giới hạn " + limit + " lượt của một nhóm; hãy nhập số nhỏ hơn.",
                               "The repeat \"" + repeat + "\" would have " + count + " instances, more than the limit of " + limit +
                                   " for a repeat; enter a smaller number."}};
}

core::Error unsettled(const std::string& repeat) {
    return {"visit.unsettled", {"Số lượt của nhóm lặp “" + repeat + "” phụ thuộc vào chính nó và không bao giờ dừng; hãy sửa repeat_count của biểu mẫu.",
                                "The number of instances of the repeat \"" + repeat + "\" depends on itself and never settles; mend the form's repeat_count."}};
}

}  // namespace

NodeId VisitEngine::append_instance(NodeId anchor) {
    const NodeId added = instance_.add_instance(anchor);
    mark_all_below(added);
    run_event("odk-new-repeat", added, instance_.slot(added));
    return added;
}

void VisitEngine::take_away(NodeId repeat_instance) {
    const std::uint32_t frame = instance_.document()[repeat_instance].frame;
    instance_.remove_instance(repeat_instance);
    const auto is_gone = [&](NodeId node) {
        for (std::uint32_t at = instance_.document()[node].frame; at != 0; at = instance_.frames()[at].parent)
            if (at == frame) return true;
        return false;
    };
    for (std::vector<NodeId>& nodes : dirty_) std::erase_if(nodes, is_gone);
    std::erase_if(fired_, [&](const auto& fired) { return is_gone(fired.second); });
}

NodeId VisitEngine::add_repeat(NodeId anchor) {
    begin_step();
    const NodeId added = append_instance(anchor);
    mark_structure(anchor);
    settle();
    return added;
}

void VisitEngine::remove_repeat(NodeId repeat_instance) {
    begin_step();
    const NodeId anchor = instance_.anchor_of(repeat_instance);
    take_away(repeat_instance);
    mark_structure(anchor);
    settle();
}

void VisitEngine::apply_repeat_count(std::uint32_t expression, NodeId anchor) {
    const std::optional<Value> value = evaluate(expression, anchor);
    double wanted = value ? value_number(*value, context_) : 0;
    wanted = std::isnan(wanted) ? 0 : std::max(std::trunc(wanted), 0.0);
    if (wanted > static_cast<double>(kMostInstances)) {
        if (!excess_) excess_ = too_many(form_->nodes[instance_.slot(anchor)].name, wanted);
        return;
    }
    std::size_t count = instance_.instance_count(anchor);
    const auto target = static_cast<std::size_t>(wanted);
    if (count == target) return;
    if (count > target && ++shrinks_[anchor] > kMostShrinks) {
        if (!excess_) excess_ = unsettled(form_->nodes[instance_.slot(anchor)].name);
        return;
    }
    if (count > target) {
        const std::vector<NodeId> all = instance_.instances(anchor);
        for (; count > target; --count) take_away(all[count - 1]);
    }
    for (; count < target; ++count) append_instance(anchor);
    mark_structure(anchor);
}

}  // namespace kiosk::forms
