#include "core/region.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linli::region {
namespace {

Code code(std::string_view text) {
  return MUST(Code::parse(text));
}

// To be called within a property.
Code any_code() {
  const Code finest(*rc::gen::inRange<int64_t>(1'000'000'000'000'000, 99'999'999'999'999'999));
  return finest.at(*rc::gen::element(Level::province, Level::city, Level::county, Level::township,
                                     Level::village, Level::grid, Level::micro_grid));
}

TEST(Region, ACodeReadsBackFromItsText) {
  EXPECT_TRUE(rc::check([] {
    const Code any = any_code();
    RC_PRE(any.text().substr(0, 2) != "00");
    RC_ASSERT(code(any.text()) == any);
  }));
}

TEST(Region, AParentContainsAndItsRangeEndsWithIt) {
  EXPECT_TRUE(rc::check([] {
    const Code any = any_code();
    const Code parent = any.parent();
    RC_ASSERT(parent.contains(any));
    RC_ASSERT(parent.last() >= any.last());
    RC_ASSERT(any == parent || !any.contains(parent));
    RC_ASSERT(!any.contains(Code(any.last() + 1)));
  }));
}

TEST(Region, LevelsFollowTheLengthOfTheCode) {
  EXPECT_EQ(code("").level(), Level::nation);
  EXPECT_EQ(code("62").level(), Level::province);
  EXPECT_EQ(code("6208").level(), Level::city);
  EXPECT_EQ(code("620802").level(), Level::county);
  EXPECT_EQ(code("620802001").level(), Level::township);
  EXPECT_EQ(code("620802001001").level(), Level::village);
  EXPECT_EQ(code("620802001001003").level(), Level::grid);
  EXPECT_EQ(code("62080200100100302").level(), Level::micro_grid);
}

TEST(Region, ATownshipOfACityWithoutCountiesHangsOnTheCity) {
  EXPECT_EQ(code("441900"), code("4419"));
  EXPECT_EQ(code("441900").text(), "4419");
  EXPECT_EQ(code("441900003").parent(), code("4419"));
  EXPECT_EQ(code("441900003").at(Level::county), code("4419"));
  const std::vector<Code> chain = {code("441900003"), code("4419"), code("44"), Code()};
  EXPECT_EQ(code("441900003").chain(), chain);
}

TEST(Region, AnAncestorAboveIsFoundAndOneBelowIsItself) {
  EXPECT_EQ(code("62080200100100302").village(), code("620802001001"));
  EXPECT_EQ(code("6208").village(), code("6208"));
  EXPECT_EQ(Code().parent(), Code());
  EXPECT_EQ(code("62").at(Level::nation), Code());
}

TEST(Region, TheNationContainsEverything) {
  EXPECT_EQ(Code().text(), "");
  EXPECT_EQ(Code().last(), 99'999'999'999'999'999);
  EXPECT_TRUE(Code().contains(code("65")));
}

TEST(Region, OtherTextsAreRefused) {
  for (const std::string_view text :
       {"6", "620", "62080", "-2", "6a", "00", "0012", "620802001001003021", " 62", "+2"}) {
    const Result<Code> result = Code::parse(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().code, "place.bad_code");
  }
  EXPECT_EQ(level_named("planet").error().code, "place.bad_level");
  EXPECT_EQ(MUST(level_named("micro_grid")), Level::micro_grid);
}

}  // namespace
}  // namespace linli::region
