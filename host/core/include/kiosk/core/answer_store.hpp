// AnswerStore: the port behind which the kiosk keeps answers. Every call returns only when its effect is durable, so
// "Đã ghi nhận" may follow record(). Called on the storage thread only. Repeating a call with the same id is harmless.
#pragma once

#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include <string_view>

namespace kiosk::core {

class AnswerStore {
  public:
    virtual ~AnswerStore() = default;

    // The definition a response's form version refers to: XForm XML (host/forms writes it). Kept once per version.
    virtual Result<void> keep_definition(const FormVersion& form, std::string_view definition_xml) = 0;

    virtual Result<void> record(const Response& response) = 0;

    // "Đổi ý": removes a response recorded moments ago, for good. Nothing happens if it is not there.
    virtual Result<void> undo(const ResponseId& id) = 0;

    // Wipes the response with this tag if it is still here; else the request travels to the office.
    virtual Result<void> withdraw(const Sha256& withdrawal_tag) = 0;
};

}  // namespace kiosk::core
