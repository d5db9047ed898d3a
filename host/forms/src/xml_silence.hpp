// XmlSilence: while it lives, libxml2 says nothing on the error stream from this thread.
//
// It reports a failed conversion of the text's encoding outside of the parser, whose options and handlers do not
// silence it; the parser's own errors still reach the handler they were given.
#pragma once

#include <libxml/globals.h>
#include <libxml/xmlerror.h>

namespace kiosk::forms {

class XmlSilence {
  public:
    XmlSilence() : before_(xmlStructuredError), context_(xmlStructuredErrorContext) {
        xmlSetStructuredErrorFunc(nullptr, [](void* /*context*/, xmlErrorPtr /*error*/) {});
    }
    ~XmlSilence() { xmlSetStructuredErrorFunc(context_, before_); }
    XmlSilence(const XmlSilence&) = delete;
    XmlSilence& operator=(const XmlSilence&) = delete;

  private:
    xmlStructuredErrorFunc before_;
    void* context_;
};

}  // namespace kiosk::forms
