#include "domain/registers/formats.h"

#include <gtest/gtest.h>

namespace linli::registers {
namespace {

constexpr time::Date kToday = 20250301;

TEST(IdNumber, ThePrintedExamplesOfTheStandardAreRead) {
  EXPECT_EQ(read_id_number("11010519491231002X", kToday), "11010519491231002X");
  EXPECT_EQ(read_id_number("440524188001010014", kToday), "440524188001010014");
}

TEST(IdNumber, IsKeptWithoutSpacesInUpperCase) {
  EXPECT_EQ(read_id_number(" 110105 19491231 002x", kToday), "11010519491231002X");
}

TEST(IdNumber, OneWrongDigitIsRefused) {
  for (size_t at = 0; at < 17; ++at) {
    std::string wrong = "11010519491231002X";
    wrong[at] = wrong[at] == '9' ? '8' : static_cast<char>(wrong[at] + 1);
    EXPECT_FALSE(read_id_number(wrong, kToday)) << wrong;
  }
}

TEST(IdNumber, ImpossibleAndFutureBirthDatesAreRefused) {
  for (const std::string_view first : {"62080220250230001", "62080220300101001"}) {
    EXPECT_FALSE(read_id_number(std::string(first) + check_character_of_id(first), kToday));
  }
}

TEST(IdNumber, TellsBirthDateAndSex) {
  EXPECT_EQ(birth_date_of("11010519491231002X"), 19491231);
  EXPECT_FALSE(is_male("11010519491231002X"));
  EXPECT_TRUE(is_male("440524188001010014"));
}

TEST(CreditCode, AKnownCodeIsReadAndAWrongOneRefused) {
  EXPECT_EQ(read_credit_code("91350100M000100Y43"), "91350100M000100Y43");
  EXPECT_EQ(read_credit_code("91350100m000100y43"), "91350100M000100Y43");
  EXPECT_FALSE(read_credit_code("91350100M000100Y44"));
  EXPECT_FALSE(read_credit_code("9135O100M000100Y43"));
  EXPECT_FALSE(read_credit_code("91350100M000100Y4"));
}

TEST(Phone, MobilesAndLandlinesAreReadInOneForm) {
  EXPECT_EQ(read_phone("+86 138-0000-1234"), "13800001234");
  EXPECT_EQ(read_phone("0933-8213456"), "09338213456");
  EXPECT_FALSE(read_phone("12800001234"));
  EXPECT_FALSE(read_phone("1380000123"));
  EXPECT_FALSE(read_phone("138****1234"));
}

}  // namespace
}  // namespace linli::registers
