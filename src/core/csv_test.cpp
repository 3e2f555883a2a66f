#include "core/csv.h"

#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/text.h"

namespace linli::csv {
namespace {

struct Record {
  int64_t line;
  Row fields;
  friend bool operator==(const Record&, const Record&) = default;
};

Result<std::vector<Record>> records(const std::string& bytes) {
  std::istringstream in(bytes);
  std::vector<Record> out;
  TRY(read(in, detect(bytes.substr(0, 4096)), [&](int64_t line, const Row& fields) {
    out.push_back({line, fields});
    return true;
  }));
  return out;
}

std::string utf16(std::u16string_view text, bool little) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

TEST(Csv, QuotesMayHoldDelimitersQuotesAndLineEnds) {
  EXPECT_EQ(MUST(records("a,b\r\n\"x,\"\"y\"\"\",\"1\n2\"\r\n\nlast,\n")),
            (std::vector<Record>{{1, {"a", "b"}}, {2, {"x,\"y\"", "1\n2"}}, {5, {"last", ""}}}));
}

TEST(Csv, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(MUST(records("a\rb")), (std::vector<Record>{{1, {"a"}}, {2, {"b"}}}));
  EXPECT_EQ(MUST(records("")), std::vector<Record>());
}

TEST(Csv, EveryUsualEncodingIsRead) {
  const std::vector<Record> expected = {{1, {"姓名", "年龄"}}, {2, {"王芳", "61"}}};
  const std::u16string text = u"姓名,年龄\n王芳,61\n";
  EXPECT_EQ(MUST(records("姓名,年龄\n王芳,61\n")), expected);
  EXPECT_EQ(MUST(records("\xEF\xBB\xBF姓名,年龄\n王芳,61\n")), expected);
  EXPECT_EQ(MUST(records("\xD0\xD5\xC3\xFB,\xC4\xEA\xC1\xE4\n\xCD\xF5\xB7\xBC,61\n")), expected);
  EXPECT_EQ(MUST(records("\xFF\xFE" + utf16(text, true))), expected);
  EXPECT_EQ(MUST(records("\xFE\xFF" + utf16(text, false))), expected);
  EXPECT_EQ(MUST(records(utf16(text, true))), expected);
}

TEST(Csv, TheDelimiterIsFound) {
  EXPECT_EQ(detect("a;b;c\n1,5;2;3\n").delimiter, ';');
  EXPECT_EQ(detect("a\tb\n1\t2\n").delimiter, '\t');
  EXPECT_EQ(detect("a|b\n").delimiter, '|');
  EXPECT_EQ(detect("only\n").delimiter, ',');
}

TEST(Csv, AHeadThatEndsWithinACharacterIsStillUtf8) {
  EXPECT_EQ(detect(std::string("姓名,年龄").substr(0, 5)).encoding, "UTF-8");
}

TEST(Csv, WhatIsWrittenReadsBackEqual) {
  EXPECT_TRUE(rc::check([] {
    Row fields = *rc::gen::nonEmpty(rc::gen::container<Row>(rc::gen::container<std::string>(
        rc::gen::element('a', ',', '"', '\n', '\r', ' ', ';', '1'))));
    std::istringstream in(write(fields));
    Row read_back;
    RC_ASSERT(read(in, Format(), [&](int64_t, const Row& row) {
                read_back = row;
                return true;
              }).has_value());
    RC_ASSERT(read_back == fields);
  }));
}

TEST(Csv, FormulasAreDisarmedAndNumbersAreNot) {
  EXPECT_EQ(write({"=1+1", "-5", "+8613800138000", "@x", "-x", "1"}),
            "'=1+1,-5,+8613800138000,'@x,'-x,1\r\n");
}

TEST(Csv, BrokenFilesAreRefusedByLine) {
  EXPECT_EQ(records("a\n\"b\n").error().code, "csv.invalid");
  EXPECT_EQ(records("a\n\"b\n").error().detail, "line 2: a quote is not closed");
  EXPECT_EQ(records("a\nb\"c\n").error().detail, "line 2: a quote inside an unquoted field");
  EXPECT_EQ(records("\"a\"b\n").error().detail, "line 1: text after a closing quote");
  EXPECT_EQ(records("a\n\"" + std::string(1 << 20, 'x')).error().detail,
            "line 2: the record is too long");
  std::istringstream in("a\nb\xff\n");
  EXPECT_EQ(read(in, Format(), [](int64_t, const Row&) { return true; }).error().detail,
            "line 2: not UTF-8");
}

TEST(Csv, ReadingStopsWhenAsked) {
  std::istringstream in("a\nb\nc\"\n");
  int rows = 0;
  EXPECT_TRUE(read(in, Format(), [&](int64_t, const Row&) { return ++rows < 2; }));
  EXPECT_EQ(rows, 2);
}

}  // namespace
}  // namespace linli::csv
