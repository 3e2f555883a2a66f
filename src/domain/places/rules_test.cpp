#include "domain/places/rules.h"

#include <gtest/gtest.h>

namespace linli::places {
namespace {

Place village(int64_t number) {
  Place place;
  place.code = Code(62080200100000000 + number * 100'000);
  place.name = "解放社区居委会";
  return place;
}

TEST(PlaceRules, TheEndingOfANameSaysUrbanOrRural) {
  EXPECT_EQ(guess_urban("解放中路社区居委会"), true);
  EXPECT_EQ(guess_urban("甲子峪村委会"), false);
  EXPECT_EQ(guess_urban("东大街街道"), true);
  EXPECT_EQ(guess_urban("某某农场"), std::nullopt);
}

TEST(PlaceRules, TheFirstGridIsOneAndTheNextFollowsTheHighestEver) {
  const Code parent = village(1).code;
  EXPECT_EQ(next_child(parent, std::nullopt)->text(), "620802001001001");
  EXPECT_EQ(next_child(parent, Code(parent.padded() + 700))->text(), "620802001001008");
  const Code grid(parent.padded() + 100);
  EXPECT_EQ(next_child(grid, std::nullopt)->text(), "62080200100100101");
}

TEST(PlaceRules, GridsLieUnderVillagesOnlyAndEndAt999) {
  const Code parent = village(1).code;
  EXPECT_EQ(next_child(parent.parent(), std::nullopt).error().code, "place.no_grids_here");
  EXPECT_EQ(next_child(parent, Code(parent.padded() + 99'900)).error().code, "place.codes_used_up");
  const Code grid(parent.padded() + 100);
  EXPECT_EQ(next_child(grid, Code(grid.padded() + 99)).error().code, "place.codes_used_up");
}

TEST(PlaceRules, ANameIsTrimmedAndMustBeThere) {
  EXPECT_EQ(*check_name("  第一网格 "), "第一网格");
  EXPECT_EQ(check_name("  ").error().code, "place.bad_name");
  EXPECT_EQ(check_name("\xff").error().code, "place.bad_name");
}

TEST(PlaceRules, AnOfficersWordOnUrbanIsNoGuess) {
  Place place = village(1);
  place.urban_guessed = true;
  const Place changed = *edit(place, {.urban = false});
  EXPECT_EQ(changed.urban, false);
  EXPECT_FALSE(changed.urban_guessed);
  EXPECT_EQ(edit(*close(place, 20250101), {.name = "新"}).error().code, "place.not_active");
}

TEST(PlaceRules, APlaceEndsOnce) {
  const Place closed = *close(village(1), 20250101);
  EXPECT_EQ(closed.status, Status::closed);
  EXPECT_EQ(closed.valid_to, 20250101);
  EXPECT_EQ(close(closed, 20250102).error().code, "place.not_active");
}

TEST(PlaceRules, AMergeNeedsAnotherActivePlaceOfTheLevel) {
  const Place place = village(1);
  Place township;
  township.code = place.code.parent();
  EXPECT_EQ(merge(place, 20250101, {}).error().code, "place.successor_missing");
  EXPECT_EQ(merge(place, 20250101, {place}).error().code, "place.successor_itself");
  EXPECT_EQ(merge(place, 20250101, {township}).error().code, "place.level_differs");
  EXPECT_EQ(merge(place, 20250101, {*close(village(2), 20240101)}).error().code,
            "place.successor_not_active");
  EXPECT_EQ(merge(place, 20250101, {village(2)})->status, Status::merged);
}

TEST(PlaceRules, ASplitMayLeaveThePlaceWithAPart) {
  EXPECT_EQ(split(village(1), 20250101, {village(1), village(2)})->status, Status::active);
  EXPECT_EQ(split(village(1), 20250101, {village(2), village(3)})->status, Status::split);
  EXPECT_EQ(split(village(1), 20250101, {village(1)}).error().code, "place.successor_itself");
}

TEST(PlaceRules, AnExactNameFitsBetterThanAPrefixThanAPart) {
  EXPECT_EQ(fit_of("平凉市", "平凉市"), Fit::exact);
  EXPECT_EQ(fit_of("平凉市", "平凉"), Fit::prefix);
  EXPECT_EQ(fit_of("平凉市", "凉"), Fit::contains);
  EXPECT_EQ(fit_of("平凉市", "崆"), Fit::none);
}

}  // namespace
}  // namespace linli::places
