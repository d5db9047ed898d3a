#include <kiosk/forms/submission.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::forms::read_submission;

TEST_CASE("a submission is read as a flat tree of values, Vietnamese intact") {
    const auto read = read_submission(
        R"(<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" id="poll" version="3">
  <name>Nguyễn Thị Hường</name><empty/>
  <member><age>3</age></member>
  <member><age> 4 </age></member>
  <orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta>
</data>)");
    REQUIRE(read);
    CHECK(read->form_id == "poll");
    CHECK(read->form_version == "3");
    const auto& e = read->elements;
    REQUIRE(e.size() == 9);
    CHECK(e[0] == kiosk::forms::SubmissionElement{"data", "", 9});
    CHECK(e[1].value == "Nguyễn Thị Hường");
    CHECK(e[2] == kiosk::forms::SubmissionElement{"empty", "", 3});
    CHECK(e[3].end == 5);
    CHECK(e[6].value == " 4 ");
    CHECK(e[7].name == "orx:meta");
    CHECK(e[8].value == "uuid:1");
}

TEST_CASE("escapes and CDATA come out as the characters they stand for") {
    const auto read = read_submission("<d><a>1 &lt; 2 &amp; <![CDATA[<x>]]></a></d>");
    REQUIRE(read);
    CHECK(read->elements[1].value == "1 < 2 & <x>");
}

TEST_CASE("what is no XML, or XML that attacks its reader, is refused") {
    CHECK(read_submission("").error().code == "submission.not_xml");
    CHECK(read_submission("<a><b></a>").error().code == "submission.not_xml");
    CHECK(read_submission("<a>\xff\xfe</a>").error().code == "submission.not_xml");
    CHECK_FALSE(read_submission(R"(<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>)"));
    CHECK_FALSE(read_submission(R"(<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>)"));
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<a>";
    for (int i = 0; i < 100; ++i) deep += "</a>";
    CHECK(read_submission(deep).error().code == "submission.not_allowed");
}
