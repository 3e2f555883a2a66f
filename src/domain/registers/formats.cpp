#include "domain/registers/formats.h"

#include <algorithm>
#include <array>

namespace linli::registers {

namespace {

constexpr std::string_view kCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

// Without spaces and hyphens, in upper case.
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

char check_character_of_id(std::string_view first_17) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) sum += (first_17[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

std::optional<std::string> read_id_number(std::string_view text, time::Date today) {
  std::string number = compact(text);
  if (number.size() != 18 || !are_digits(std::string_view(number).substr(0, 17))) return {};
  const std::string_view view = number;
  const time::CivilDate birth{digits(view.substr(6, 4)), digits(view.substr(10, 2)),
                              digits(view.substr(12, 2))};
  if (birth.year < 1850 || !time::is_real(birth) || time::from_civil(birth) > today) return {};
  const int province = digits(view.substr(0, 2));
  if (province < 11 || province > 91) return {};
  if (check_character_of_id(view.substr(0, 17)) != number[17]) return {};
  return number;
}

time::Date birth_date_of(std::string_view id_number) {
  return digits(id_number.substr(6, 8));
}

bool is_male(std::string_view id_number) {
  return (id_number[16] - '0') % 2 == 1;
}

char check_character_of_credit_code(std::string_view first_17) {
  int sum = 0;
  int weight = 1;
  for (const char c : first_17) {
    sum += static_cast<int>(kCreditCharacters.find(c)) * weight;
    weight = weight * 3 % 31;
  }
  return kCreditCharacters[static_cast<size_t>((31 - sum % 31) % 31)];
}

std::optional<std::string> read_credit_code(std::string_view text) {
  std::string code = compact(text);
  if (code.size() != 18) return {};
  if (code.find_first_not_of(kCreditCharacters) != std::string::npos) return {};
  if (!are_digits(std::string_view(code).substr(2, 6))) return {};
  if (check_character_of_credit_code(std::string_view(code).substr(0, 17)) != code[17]) return {};
  return code;
}

std::optional<std::string> read_phone(std::string_view text) {
  std::string number = compact(text);
  for (const std::string_view prefix : {"+86", "0086"}) {
    if (number.starts_with(prefix)) number.erase(0, prefix.size());
  }
  if (!are_digits(number)) return {};
  const bool mobile = number.size() == 11 && number[0] == '1' && number[1] >= '3';
  const bool landline =
      number.size() >= 10 && number.size() <= 12 && number[0] == '0' && number[1] != '0';
  if (!mobile && !landline) return {};
  return number;
}

}  // namespace linli::registers
