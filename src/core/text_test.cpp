#include "core/text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linli::text {
namespace {

std::string full(std::string_view text) {
  return pinyin(text).full;
}

TEST(Text, PlaceNamesAreReadAsTheirPeopleReadThem) {
  EXPECT_EQ(full("崆峒区"), "kongtongqu");
  EXPECT_EQ(pinyin("崆峒区").initials, "ktq");
  EXPECT_EQ(full("重庆市"), "chongqingshi");
  EXPECT_EQ(full("厦门"), "xiamen");
  EXPECT_EQ(full("长乐区"), "changlequ");
  EXPECT_EQ(full("成都"), "chengdu");
  EXPECT_EQ(full("东阿县"), "dongexian");
  EXPECT_EQ(full("番禺"), "panyu");
  EXPECT_EQ(full("六安市"), "luanshi");
  EXPECT_EQ(full("蚌埠"), "bengbu");
  EXPECT_EQ(full("洪洞县"), "hongtongxian");
  EXPECT_EQ(full("涡阳"), "guoyang");
  EXPECT_EQ(full("绿春"), "lvchun");
}

TEST(Text, LettersAndDigitsStayInPinyin) {
  EXPECT_EQ(full("A座3号楼"), "azuo3haolou");
  EXPECT_EQ(pinyin("A座3号楼").initials, "az3hl");
}

TEST(Text, FoldingDropsWidthCaseSpaceAndPunctuation) {
  EXPECT_EQ(fold("ＡＢＣ　１２３"), "abc123");
  EXPECT_EQ(fold("平凉市·崆峒区（东）"), "平凉市崆峒区东");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("100%_\\"), "100");
}

TEST(Text, FoldingTwiceChangesNothing) {
  EXPECT_TRUE(
      rc::check([](const std::string& bytes) { RC_ASSERT(fold(fold(bytes)) == fold(bytes)); }));
}

TEST(Text, ASearchKeyHoldsCharactersPinyinAndInitials) {
  EXPECT_EQ(search_key({"崆峒区", "KT-1"}), "崆峒区 kongtongqu ktq kt1");
  EXPECT_EQ(search_key({"", "。"}), "");
}

TEST(Text, BadUtf8IsTold) {
  EXPECT_TRUE(is_utf8("中\xF0\x9F\x98\x80"));
  for (const std::string_view bad :
       {"\x80", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8", "\xff"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Text, Base64ReadsBack) {
  EXPECT_TRUE(
      rc::check([](const std::string& bytes) { RC_ASSERT(from_base64(base64(bytes)) == bytes); }));
  EXPECT_EQ(base64("light w"), "bGlnaHQgdw==");
  EXPECT_EQ(from_base64("a===") + from_base64("ab=c") + from_base64("abc") + from_base64("a*=="),
            "");
}

TEST(Text, NamesInBracesAreFilledAndStrayBracesStay) {
  EXPECT_EQ(fill("a {x} b {y} {", {{"x", "1"}, {"z", "2"}}), "a 1 b {y} {");
  EXPECT_EQ(fill("}{x}", {{"x", "{x}"}}), "}{x}");
}

TEST(Text, SmallHelpers) {
  EXPECT_EQ(trim(" \tа b\n"), "а b");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(count_code_points("中文a"), 3U);
  EXPECT_EQ(escape_like("5%_\\"), "5\\%\\_\\\\");
  EXPECT_EQ(hex("\x01\xff"), "01ff");
  EXPECT_TRUE(starts_with_ignoring_case("Bearer x", "bearer "));
  EXPECT_FALSE(starts_with_ignoring_case("Be", "bearer "));
}

}  // namespace
}  // namespace linli::text
