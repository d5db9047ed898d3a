// The pictures of forms as the kiosk finds and keeps them: read by a thread of its own, and never a reason not to show a page.
#include "picture_shelf.hpp"

#include "form_library.hpp"

#include <kiosk/raster/png.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>

using namespace kiosk;
namespace fs = std::filesystem;

namespace {

class Forms {
  public:
    fs::path at(const std::string& name) const { return folder_.path() / name; }

    void write(const std::string& name, const std::string& content) const {
        fs::create_directories(at(name).parent_path());
        std::ofstream(at(name), std::ios::binary) << content;
    }
    void draw(const std::string& name, int side = 8) const {
        fs::create_directories(at(name).parent_path());
        REQUIRE(raster::write_png(raster::Picture(side, side), at(name)));
    }
    // A form of one question and its picture.
    void ask(const std::string& form, const std::string& picture) const {
        write("forms/" + form + "/survey.csv", "type,name,label,image\ntext,q,Câu hỏi," + picture + "\n");
    }
    FormLibrary library() const { return FormLibrary({at("forms")}); }

  private:
    test_support::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a picture is found beside its form, in the form's media folder, and in a pack's") {
    const Forms forms;
    forms.ask("beside", "a.png");
    forms.draw("forms/beside/a.png");
    forms.ask("apart", "b.png");
    forms.draw("forms/apart-media/b.png");
    forms.ask("packed", "c.png");
    forms.draw("media/c.png", 16);
    std::atomic<int> woken = 0;
    PictureShelf shelf([&] { ++woken; });
    shelf.show(forms.library());
    shelf.wait();
    CHECK(shelf.find("beside/a.png"));
    CHECK(shelf.find("apart/b.png"));
    REQUIRE(shelf.find("packed/c.png"));
    CHECK(shelf.find("packed/c.png")->width_px == 16);
    CHECK(shelf.problems().empty());
    CHECK_FALSE(shelf.find("packed/d.png"));
}

TEST_CASE("a picture that is missing, damaged or of another kind is left out, and named") {
    const Forms forms;
    forms.ask("one", "none.png");
    forms.ask("two", "damaged.png");
    forms.write("forms/two/damaged.png", "\x89PNG\r\n\x1a\n and then nothing of the kind");
    forms.ask("three", "moving.gif");
    forms.write("forms/three/moving.gif", "GIF89a…");
    PictureShelf shelf({});
    shelf.show(forms.library());
    shelf.wait();
    const auto problems = shelf.problems();
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].code == "picture.missing");
    CHECK(problems[0].message.en.find("one/none.png") != std::string::npos);
    CHECK(problems[1].code == "picture.other_format");
    CHECK(problems[2].code == "picture.damaged");
    CHECK_FALSE(shelf.find("two/damaged.png"));
}

TEST_CASE("a form cannot show a picture from elsewhere on the machine") {
    const Forms forms;
    forms.draw("secret.png");
    forms.ask("form", "../../secret.png");
    PictureShelf shelf({});
    shelf.show(forms.library());
    shelf.wait();
    CHECK(shelf.problems().size() == 1);
    CHECK_FALSE(shelf.find("form/../../secret.png"));
}

TEST_CASE("pictures together take no more memory than there is for them") {
    const Forms forms;
    for (int number = 0; number < 14; ++number) {   // of 4 MiB each, as pixels
        const std::string name = std::to_string(number);
        forms.ask("form" + name, name + ".png");
        forms.draw("forms/form" + name + "/" + name + ".png", 1024);
    }
    PictureShelf shelf({});
    shelf.show(forms.library());
    shelf.wait();
    std::size_t shown = 0;
    for (int number = 0; number < 14; ++number) shown += shelf.find("form" + std::to_string(number) + "/" + std::to_string(number) + ".png") != nullptr;
    CHECK(shown == 12);
    REQUIRE(shelf.problems().size() == 2);
    CHECK(shelf.problems()[0].code == "picture.no_room");
}

TEST_CASE("other forms bring other pictures, and those before them go") {
    const Forms forms;
    forms.ask("form", "a.png");
    forms.draw("forms/form/a.png");
    PictureShelf shelf({});
    const std::uint64_t at_first = shelf.version();
    shelf.show(forms.library());
    shelf.wait();
    CHECK(shelf.version() != at_first);
    const std::uint64_t before = shelf.version();
    forms.ask("form", "b.png");
    forms.draw("forms/form/b.png");
    shelf.show(forms.library());
    shelf.wait();
    CHECK(shelf.version() != before);
    CHECK_FALSE(shelf.find("form/a.png"));
    CHECK(shelf.find("form/b.png"));
}

TEST_CASE("a kiosk whose forms have no pictures, or that stops while they are read, ends at once") {
    const Forms forms;
    forms.write("forms/plain/survey.csv", "type,name,label\ntext,q,Câu hỏi\n");
    {
        PictureShelf shelf({});
        shelf.show(forms.library());
        shelf.wait();
        CHECK(shelf.problems().empty());
    }
    for (int number = 0; number < 10; ++number) {
        forms.ask("form" + std::to_string(number), "a.png");
        forms.draw("forms/form" + std::to_string(number) + "/a.png", 1024);
    }
    { PictureShelf shelf({}); shelf.show(forms.library()); }   // one that did not end would meet CTest's timeout
    PictureShelf next({});
    next.show(forms.library());
    next.wait();
    CHECK(next.problems().empty());
    for (int number = 0; number < 10; ++number) CHECK(next.find("form" + std::to_string(number) + "/a.png"));
}
