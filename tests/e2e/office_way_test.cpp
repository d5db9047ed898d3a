// What an office does besides collecting: enrolment both ways, new keys, lost keys, replaced kiosks, receipts, the guided
// dialogue, and being interrupted. With the programs as they are shipped.
#include "desk.hpp"

#include <kiosk/test_support/source_tree.hpp>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

using e2e::Desk;
using e2e::Ran;

namespace {

constexpr const char* kCollect = "collect stick --key keys/office-key.txt --trust trust --into store.db";

}  // namespace

TEST_CASE("office and kiosk come to know each other by two files, and both show the same words") {
    const Desk desk;
    const Ran keys = desk.office("keygen --out keys --office 'UBND xã Thạnh Mỹ' --lang en");
    REQUIRE(keys.status == 0);
    const Ran imported = desk.kiosk("import keys/office.enrolment --data K07 --lang en");
    REQUIRE(imported.status == 0);
    CHECK(imported.says(keys.after("Words of the office key: ")));
    CHECK(imported.says(keys.after("Words of the escrow key: ")));
    CHECK(imported.says(keys.after("Words of the signing key: ")));
    CHECK(desk.kiosk("import keys/office.enrolment --data K07 --lang en").says("were here already"));

    const Ran enrolled = desk.kiosk("enrol --to stick --data K07 --lang en");
    REQUIRE(enrolled.status == 0);
    const Ran added = desk.office("kiosk add stick/kiosk.enrolment --trust trust --lang en");
    REQUIRE(added.status == 0);
    const std::string words = added.after("Compare with the kiosk's screen: ");
    CHECK(std::count(words.begin(), words.end(), ' ') == 7);
    CHECK(enrolled.says(words));
    CHECK(desk.kiosk("enrol --to stick --data K07 --lang en").says(words));
    CHECK(desk.office("kiosk add stick/kiosk.enrolment --trust trust").status == 0);
}

TEST_CASE("new keys are taken if the old ones signed them, and answers sealed to either are opened with both") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 2);
    REQUIRE(desk.kiosk("enrol --to stick --data K07").status == 0);
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust").status == 0);
    REQUIRE(desk.office("keygen --out stranger").status == 0);
    const Ran refused = desk.kiosk("import stranger/office.enrolment --data K07");
    CHECK(refused.status == 1);
    CHECK(refused.says("enrolment.other_office"));
    REQUIRE(desk.office("keygen --out forged --replaces stranger").status == 0);
    CHECK(desk.kiosk("import forged/office.enrolment --data K07").says("enrolment.other_office"));

    REQUIRE(desk.office("keygen --out new --replaces keys").status == 0);
    REQUIRE(desk.kiosk("import new/office.enrolment --data K07").status == 0);
    desk.answer("K07", 3);
    REQUIRE(desk.kiosk("export --to stick --data K07").status == 0);
    // The bundle is sealed to the new key, two of its answers to the old one.
    const Ran half = desk.office("collect stick --key new/office-key.txt --trust trust --into store.db");
    CHECK(half.status == 1);
    CHECK(half.says("bundle.row_damaged"));
    REQUIRE(desk.office("collect stick --key new/office-key.txt --key keys/office-key.txt --trust trust --into store.db --receipt stick").status == 0);
    CHECK(desk.answers_in("store.db") == 5);
    CHECK(desk.kiosk("import stick/K07.receipt --data K07").status == 0);
}

TEST_CASE("a lost office key: the escrow key opens, and the kiosk takes new keys on someone's word") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 2);
    REQUIRE(desk.kiosk("export --to stick --data K07").status == 0);
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust").status == 0);
    e2e::files::remove(desk.at("keys/office-key.txt"));
    REQUIRE(desk.office("collect stick --key keys/escrow-key.txt --trust trust --into store.db").status == 0);
    CHECK(desk.answers_in("store.db") == 2);

    REQUIRE(desk.office("keygen --out new").status == 0);
    CHECK(desk.kiosk("import new/office.enrolment --data K07").status == 1);
    REQUIRE(desk.kiosk("import new/office.enrolment --data K07 --replace").status == 0);
    desk.answer("K07", 1);
    REQUIRE(desk.kiosk("export --to stick2 --data K07").status == 0);
    REQUIRE(desk.office("collect stick2 --key new/office-key.txt --trust trust --into store.db").status == 0);
    CHECK(desk.answers_in("store.db") == 3);
}

TEST_CASE("a kiosk replaced under its old id is taken on someone's word, and the old one's stick still counts") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 2);
    REQUIRE(desk.kiosk("export --to old-stick --data K07").status == 0);
    REQUIRE(desk.office("kiosk add old-stick/K07.enrolment --trust trust").status == 0);
    desk.set_up_kiosk("K07-new", 3);
    // The other machine's stick is refused before anything on it could be overwritten.
    const Ran same_id = desk.kiosk("export --to old-stick --data K07-new");
    CHECK(same_id.status == 1);
    CHECK(same_id.says("enrolment.same_id"));
    REQUIRE(desk.kiosk("export --to stick --data K07-new").status == 0);
    const Ran stranger = desk.office(kCollect);
    CHECK(stranger.status == 1);
    CHECK(desk.office("kiosk add stick/K07.enrolment --trust trust").says("enrolment.other_key"));
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust --replace").status == 0);
    REQUIRE(desk.office(kCollect).status == 0);
    REQUIRE(desk.office("collect old-stick --key keys/office-key.txt --trust trust --into store.db --receipt stick").status == 0);
    CHECK(desk.answers_in("store.db") == 5);
    // One receipt for both machines' bundles of that id: each takes what is its own.
    CHECK(desk.kiosk("import stick/K07.receipt --data K07-new --lang en").says("; 0 delivered bundles still wait"));
    CHECK(desk.kiosk("import stick/K07.receipt --data K07 --lang en").says("; 0 delivered bundles still wait"));
}

TEST_CASE("a receipt is taken from the office alone, by its own kiosk, with its signature; a lost stick is exported again") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 60);
    desk.set_up_kiosk("K08", 1);
    REQUIRE(desk.kiosk("export --to lost --data K07").status == 0);
    CHECK(desk.kiosk("export --to stick --data K07").says("storage.nothing_to_export"));
    REQUIRE(desk.kiosk("export --again --to stick --data K07").status == 0);
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust").status == 0);
    REQUIRE(desk.office(std::string(kCollect) + " --receipt stick").status == 0);
    CHECK(desk.answers_in("store.db") == 60);

    CHECK(desk.kiosk("import stick/K07.receipt --data K08").says("receipt.other_kiosk"));
    CHECK(desk.kiosk("import stick/K07-000002.kbx --data K07").says("import.unknown_kind"));
    CHECK(desk.kiosk("import nowhere --data K07").says("import.not_found"));
    const std::string receipt = desk.content("stick/K07.receipt");
    CHECK(receipt.find("result: portal_poll") != std::string::npos);
    desk.write("stick/K07.receipt", receipt + "bundle: 3 " + std::string(64, '0') + "\n");
    CHECK(desk.kiosk("import stick/K07.receipt --data K07").status == 1);
    desk.write("stick/K07.receipt", receipt);
    e2e::files::rename(desk.at("stick/K07.receipt.minisig"), desk.at("elsewhere"));
    CHECK(desk.kiosk("import stick/K07.receipt --data K07").says("import.no_signature"));
    e2e::files::rename(desk.at("elsewhere"), desk.at("stick/K07.receipt.minisig"));
    CHECK(desk.kiosk("import stick/K07.receipt --data K07").status == 0);
    CHECK(desk.content("K07/office.receipt") == receipt);
    CHECK(desk.kiosk("export --again --to stick --data K07").says("storage.nothing_to_export"));
}

TEST_CASE("what the office published of two kiosks is what the next voter is shown") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    for (const char* id : {"K07", "K08"}) {
        const e2e::files::path form = desk.at(std::string(id) + "/forms/portal_poll");
        e2e::files::create_directories(form.parent_path());
        e2e::files::copy(kiosk::test_support::in_source_tree("assets/forms/portal_poll"), form);
        std::ofstream(form / "settings.csv") << "form_id,version,form_title,default_language,kiosk:results\n"
                                                "portal_poll,7,Đánh giá,Tiếng Việt (vi),yes\n";
        desk.set_up_kiosk(id, 60);
        REQUIRE(desk.kiosk(std::string("export --to stick --data ") + id).status == 0);
        REQUIRE(desk.office(std::string("kiosk add stick/") + id + ".enrolment --trust trust").status == 0);
    }
    REQUIRE(desk.office(std::string(kCollect) + " --receipt stick").status == 0);
    desk.write("visit.jsonl", R"({"tap":"action.start"}
{"tap":"tile.opinion_poll"}
{"tap":"choice.tot"}
{"expect":{"page":"thanks"}}
{"dump":"thanks"}
)");
    const std::string visit = "play visit.jsonl --data K07 --clock virtual --lang vi --dump dump.jsonl";
    REQUIRE(desk.kiosk(visit).status == 0);
    CHECK(desk.content("dump.jsonl").find("Kết quả đến nay: 60 lượt") != std::string::npos);
    REQUIRE(desk.kiosk("import stick/K07.receipt --data K07").status == 0);
    REQUIRE(desk.kiosk(visit).status == 0);
    CHECK(desk.content("dump.jsonl").find("Kết quả chung của các máy: 120 lượt") != std::string::npos);
}

TEST_CASE("simulated visitors of every activity leave answers that the office can open") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 3);
    for (const char* activity : {"self_assessment", "candidate_referral"})
        REQUIRE(desk.kiosk(std::string("simulate --activity ") + activity + " --responses 2 --seed 5 --data K07").status == 0);
    REQUIRE(desk.kiosk("export --to stick --data K07").status == 0);
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust").status == 0);
    const Ran collected = desk.office(std::string(kCollect) + " --json");
    REQUIRE(collected.status == 0);
    CHECK(desk.answers_in("store.db") == 3);
    const Ran report = desk.office("report store.db --json");
    CHECK(report.says("self_assessment"));
    CHECK(report.says("candidate_referral"));
}

TEST_CASE("a collection killed at any moment is finished by running it again") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 0);
    for (int part = 0; part < 4; ++part) {
        desk.answer("K07", 40);
        REQUIRE(desk.kiosk("export --to stick --data K07").status == 0);
    }
    REQUIRE(desk.office("kiosk add stick/K07.enrolment --trust trust").status == 0);
    for (int round = 0; round < 8; ++round) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            const std::string command = "cd '" + desk.at(".") + "' && exec '" OFFICE_PROGRAM "' " + kCollect + " >/dev/null 2>&1";
            ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10 + 25 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    REQUIRE(desk.office(kCollect).status == 0);
    CHECK(desk.answers_in("store.db") == 160);
    CHECK(desk.run("sqlite3 store.db 'PRAGMA integrity_check'").says("ok"));
}

TEST_CASE("the guided dialogue leads a clerk who answers wrongly to the tables, the report and the receipt") {
    const Desk desk;
    REQUIRE(desk.office("keygen --out keys").status == 0);
    desk.set_up_kiosk("K07", 3);
    REQUIRE(desk.kiosk("export --to 'my stick' --data K07").status == 0);
    const std::string answers = "x\nk\nnowhere\nkeys\nkeys/office-key.txt\n"          // no new keys; a wrong path, a folder, the file
                                "nowhere\nkeys\n'my stick' \nmaybe\nc\n"                // a wrong stick, another folder, the stick; the words agree
                                "keys\n" + desk.at("office/store.db") + "\nc\n" + desk.at("tables") + "\n";
    desk.write("answers.txt", answers);
    const Ran ran = desk.office("< answers.txt");
    CHECK(ran.status == 0);
    CHECK(ran.says("Tám từ của kiosk: "));
    CHECK(ran.says("3 câu trả lời mới"));
    CHECK(ran.says("Có thể rút USB."));
    CHECK(desk.content("tables/opinion_poll.xlsx").starts_with("PK"));
    CHECK(desk.content("tables/bao-cao.html").find("Thăm dò ý kiến") != std::string::npos);
    CHECK(desk.kiosk("import 'my stick/K07.receipt' --data K07").status == 0);
    CHECK(desk.office("< /dev/null").status == 2);
}
