#include "sniff.hpp"

#include "fault.hpp"
#include "unicode.hpp"
#include "zip_archive.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace kiosk::forms {
namespace {

std::string_view as_text(core::ByteView content) {
    return {reinterpret_cast<const char*>(content.data()), content.size()};
}

const core::Words kSaveAsXlsx = {"Mở bằng Excel hoặc LibreOffice, chọn Lưu thành › “Excel Workbook (.xlsx)”, rồi dùng tệp mới.",
                                 "Open it in Excel or LibreOffice, choose Save as › “Excel Workbook (.xlsx)”, and use that file."};

const core::Words kChooseWorkbook = {"Chọn đúng tệp sổ tính. Nếu bảng câu hỏi nằm trong tệp này, chép nó sang Excel hoặc LibreOffice rồi lưu thành .xlsx.",
                                     "Choose the workbook itself. If the questions stand in this file, copy them into Excel or LibreOffice and save as .xlsx."};

Finding refusal(std::string code, core::Words what, core::Words repair = kSaveAsXlsx) {
    return file_fault(std::move(code), "",
                      {"Tệp này là " + what.vi + ", không phải sổ tính .xlsx.", "This file is " + what.en + ", not an .xlsx workbook."},
                      std::move(repair));
}

// Names in an OLE file are UTF-16; looking for the bytes is enough to tell the kinds apart.
bool has_utf16(std::string_view content, std::string_view name) {
    std::string wide;
    for (const char c : name) {
        wide += c;
        wide += '\0';
    }
    return content.find(wide) != std::string_view::npos;
}

Finding refused_ole(std::string_view content) {
    if (has_utf16(content, "EncryptedPackage")) {
        return refusal("file.encrypted", {"sổ tính được đặt mật khẩu", "a workbook protected by a password"},
                       {"Mở bằng Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc › Mã hoá bằng mật khẩu, xoá mật khẩu rồi lưu.",
                        "Open it in Excel, go to File › Info › Protect Workbook › Encrypt with Password, clear it, and save."});
    }
    if (has_utf16(content, "WordDocument")) return refusal("file.word", {"văn bản Word cũ (.doc)", "an old Word document (.doc)"}, kChooseWorkbook);
    return refusal("file.old_excel", {"sổ tính Excel kiểu cũ (.xls)", "an old Excel workbook (.xls)"});
}

bool is_html(std::string_view lower) {
    return lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.starts_with("<table") ||
           lower.starts_with("<meta") || lower.starts_with("<head") || lower.starts_with("<body") ||
           lower.starts_with("<div") || lower.starts_with("<style");
}

bool is_delimited_text(core::ByteView content) {
    const std::string_view text = as_text(content.first(std::min<std::size_t>(content.size(), 65536)));
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return true;
    if (text.find('\0') != std::string_view::npos) return false;
    const std::string_view first_line = text.substr(0, text.find('\n'));
    return first_line.find_first_of(",;\t") != std::string_view::npos;
}

}  // namespace

FileKind sniff(core::ByteView content) {
    const std::string_view text = as_text(content);
    if (text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06")) return FileKind::zip;
    const std::string_view start = trimmed(text.substr(0, 4096));
    if (start.starts_with('<') && !is_html(ascii_lower(start.substr(0, 64)))) return FileKind::xml;
    if (text.starts_with("\xff\xfe<") || text.starts_with(std::string_view("\xfe\xff\0<", 4))) return FileKind::xml;
    return FileKind::other;
}

Finding refused_kind(core::ByteView content) {
    const std::string_view text = as_text(content);
    const std::string start = ascii_lower(trimmed(text.substr(0, 4096)).substr(0, 64));
    if (content.empty()) {
        return file_fault("file.empty", "", {"Tệp trống, không có dữ liệu.", "The file is empty."},
                          {"Chép lại tệp từ bản gốc.", "Copy the file afresh from the original."});
    }
    if (text.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return refused_ole(text);
    if (text.starts_with("%PDF")) return refusal("file.pdf", {"tài liệu PDF", "a PDF document"}, kChooseWorkbook);
    if (text.starts_with("{\\rtf")) return refusal("file.rtf", {"văn bản RTF", "an RTF document"}, kChooseWorkbook);
    if (text.starts_with("Rar!") || text.starts_with("7z\xbc\xaf") || text.starts_with("\x1f\x8b")) {
        return refusal("file.archive", {"tệp nén", "a compressed archive"},
                       {"Giải nén trước, rồi dùng tệp .xlsx bên trong.", "Unpack it first and use the .xlsx file inside."});
    }
    if (text.starts_with("\x89PNG") || text.starts_with("\xff\xd8\xff") || text.starts_with("GIF8")) {
        return refusal("file.picture", {"ảnh", "a picture"}, kChooseWorkbook);
    }
    if (is_html(start)) {
        return refusal("file.html", {"trang web (HTML) được đổi tên", "a web page (HTML) under another name"});
    }
    if (start.starts_with("{") || start.starts_with("[")) {
        return refusal("file.json", {"dữ liệu JSON", "JSON data"}, kChooseWorkbook);
    }
    if (is_delimited_text(content)) {
        return refusal("file.csv", {"văn bản CSV được đổi tên", "CSV text under another name"},
                       {"Mở bằng Excel và lưu thành .xlsx; hoặc đặt các trang vào một thư mục: survey.csv, choices.csv, "
                        "settings.csv, rồi chọn thư mục đó.",
                        "Open it in Excel and save it as .xlsx; or put the sheets into a folder as survey.csv, choices.csv, "
                        "settings.csv, and choose that folder."});
    }
    return refusal("file.unknown", {"loại tệp không nhận ra", "of an unknown kind"}, kChooseWorkbook);
}

std::optional<Finding> refused_zip(core::ByteView content, const Limits& limits) {
    auto opened = ZipArchive::open(content, limits);
    auto* zip = std::get_if<ZipArchive>(&opened);
    if (zip == nullptr) return std::get<Finding>(std::move(opened));
    if (zip->has("[Content_Types].xml")) {
        if (zip->has("xl/workbook.bin")) return refusal("file.xlsb", {"sổ tính nhị phân (.xlsb)", "a binary workbook (.xlsb)"});
        if (zip->has("word/document.xml")) return refusal("file.word", {"văn bản Word (.docx)", "a Word document (.docx)"}, kChooseWorkbook);
        if (zip->has("ppt/presentation.xml")) {
            return refusal("file.powerpoint", {"bản trình chiếu (.pptx)", "a presentation (.pptx)"}, kChooseWorkbook);
        }
        return std::nullopt;
    }
    if (const auto kind = zip->text("mimetype", 256)) {
        if (kind->find("opendocument.spreadsheet") != std::string::npos) {
            return refusal("file.ods", {"bảng tính OpenDocument (.ods)", "an OpenDocument spreadsheet (.ods)"},
                           {"Mở bằng LibreOffice, chọn Lưu thành › “Excel 2007–365 (.xlsx)”, rồi dùng tệp mới.",
                            "Open it in LibreOffice, choose Save as › “Excel 2007–365 (.xlsx)”, and use that file."});
        }
        return refusal("file.opendocument", {"tài liệu OpenDocument", "an OpenDocument file"});
    }
    if (zip->has("Index/Document.iwa")) return refusal("file.numbers", {"bảng tính Numbers", "a Numbers spreadsheet"});
    if (zip->has("xl/workbook.xml")) return std::nullopt;
    return refusal("file.archive", {"tệp nén .zip", "a .zip archive"},
                   {"Giải nén trước, rồi dùng tệp .xlsx bên trong.", "Unpack it first and use the .xlsx file inside."});
}

}  // namespace kiosk::forms
