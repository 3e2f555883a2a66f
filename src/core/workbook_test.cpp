#include "core/workbook.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xlsxwriter.h>
#include <zip.h>

namespace linli::workbook {
namespace {

namespace fs = std::filesystem;

std::string file_name() {
  return (fs::temp_directory_path() / ("linli-workbook-" + std::to_string(::getpid()) + ".xlsx"))
      .string();
}

std::string taken(const std::string& path) {
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  fs::remove(path);
  return bytes.str();
}

// What is read, a line each: "2: a|b".
Result<std::string> lines(const std::string& file) {
  std::string text;
  TRY(read(file, [&](int64_t line, const csv::Row& fields) {
    text += std::to_string(line) + ":";
    for (const std::string& field : fields) text += " " + field + "|";
    text += "\n";
    return true;
  }));
  return text;
}

// A workbook of the given parts; the rest is as small as can be.
std::string package(const std::vector<std::pair<std::string, std::string>>& parts) {
  const std::string path = file_name();
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  }
  zip_close(archive);
  return taken(path);
}

constexpr const char* kBook =
    "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"甲\" r:id=\"rId7\" "
    "xmlns:r=\"urn:r\"/><sheet name=\"乙\"/></sheets></workbook>";
constexpr const char* kLinks =
    "<Relationships><Relationship Id=\"rId1\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId7\" Target=\"/xl/worksheets/second.xml\"/></Relationships>";

TEST(Workbook, CellsAreReadAsAPersonSeesThem) {
  const std::string path = file_name();
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_format* date = workbook_add_format(book);
  format_set_num_format(date, "yyyy\"年\"m\"月\"d\"日\"");
  lxw_format* instant = workbook_add_format(book);
  format_set_num_format(instant, "yyyy-mm-dd hh:mm");
  lxw_format* minutes = workbook_add_format(book);
  format_set_num_format(minutes, "[h]:mm");
  lxw_format* red = workbook_add_format(book);
  format_set_num_format(red, "[Red]0.00\\d");
  worksheet_write_string(sheet, 0, 0, "姓名", nullptr);
  worksheet_write_number(sheet, 2, 0, 13800000000, nullptr);
  worksheet_write_number(sheet, 2, 1, 0.1 + 0.2, nullptr);
  worksheet_write_number(sheet, 2, 2, 45717, date);
  worksheet_write_number(sheet, 2, 3, 45717.354166667, instant);
  worksheet_write_number(sheet, 2, 4, 1.5, minutes);
  worksheet_write_number(sheet, 2, 5, 2.5, red);
  worksheet_write_boolean(sheet, 2, 6, 1, nullptr);
  worksheet_write_formula_num(sheet, 2, 8, "=1+1", nullptr, 2);
  workbook_close(book);
  EXPECT_EQ(MUST(lines(taken(path))),
            "1: 姓名|\n"
            "3: 13800000000| 0.3| 2025-03-01| 2025-03-01 08:30| 1.5| 2.5| true| | 2|\n");
}

TEST(Workbook, TheFirstSheetIsTheOneThatTheBookNames) {
  const std::string sheet =
      "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>乙</t></is></c>"
      "<c t=\"s\"><v>9</v></c><c s=\"1\"><v>1</v></c></row></sheetData></worksheet>";
  const std::string strings =
      "<sst><si><r><t>东</t></r><rPh><t>dong</t></rPh><r><t>街</t></r></si></sst>";
  const std::string styles =
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  EXPECT_EQ(MUST(lines(package({{"xl/workbook.xml", kBook},
                                {"xl/_rels/workbook.xml.rels", kLinks},
                                {"xl/worksheets/second.xml", sheet},
                                {"xl/sharedStrings.xml", strings},
                                {"xl/styles.xml", styles}}))),
            "1: 东街| 乙| | 1904-01-02|\n");
}

TEST(Workbook, WhatIsNoneIsRefused) {
  const auto refusal = [](const std::string& file) { return lines(file).error(); };
  EXPECT_EQ(refusal("PK\x03\x04 and nothing").code, "workbook.invalid");
  EXPECT_EQ(refusal("a,b").code, "workbook.invalid");
  EXPECT_EQ(refusal("\xD0\xCF\x11\xE0 of 1997").code, "workbook.old");
  EXPECT_EQ(refusal(package({{"word/document.xml", "<w/>"}})).code, "workbook.invalid");
  EXPECT_EQ(refusal(package({{"xl/workbook.xml", "<workbook>"}})).code, "workbook.invalid");
  EXPECT_EQ(refusal(package({{"xl/workbook.xml", "<workbook/>"}})).detail, "no sheet");
  EXPECT_EQ(refusal(package({{"xl/workbook.xml", "<workbook/>"},
                             {"xl/worksheets/sheet1.xml",
                              "<s><row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row></s>"}}))
                .detail,
            "more than 1000 columns");
}

TEST(Workbook, ABombIsNotUnpacked) {
  const std::string zeros(size_t{260} << 20, ' ');
  EXPECT_EQ(lines(package({{"xl/workbook.xml", zeros}})).error().detail,
            "larger than 256 MiB when unpacked");
}

TEST(Workbook, RowsBeyondASheetGoOnInTheNextWithTheFirstRowAgain) {
  const std::string path = file_name();
  Writer out(path, 2);
  for (const char* name : {"name", "甲", "乙"}) out.write({name});
  out.close();
  const std::string file = taken(path);
  EXPECT_EQ(MUST(lines(file)), "1: name|\n2: 甲|\n");
  int error = 0;
  std::ofstream(path, std::ios::binary) << file;
  zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &error);
  EXPECT_GE(zip_name_locate(archive, "xl/worksheets/sheet2.xml", 0), 0);
  zip_discard(archive);
  fs::remove(path);
}

RC_GTEST_PROP(Workbook, WhatIsWrittenIsRead, ()) {
  const auto rows = *rc::gen::container<std::vector<csv::Row>>(rc::gen::container<csv::Row>(
      rc::gen::element<std::string>("", "邻里", "=1+1", "a\nb", "<&>\"", "007", "𠮷")));
  const std::string path = file_name();
  Writer out(path);
  out.write({"head"});
  std::string expected = "1: head|\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    out.write(rows[i]);
    csv::Row read = rows[i];
    while (!read.empty() && read.back().empty()) read.pop_back();
    if (read.empty()) continue;
    expected += std::to_string(i + 2) + ":";
    for (const std::string& field : read) expected += " " + field + "|";
    expected += "\n";
  }
  out.close();
  RC_ASSERT(MUST(lines(taken(path))) == expected);
}

}  // namespace
}  // namespace linli::workbook
