// The national formats whose digits check themselves.
//
//   identity number  GB 11643: 6 digits region, 8 digits birth date, 3 digits sequence (odd male,
//                    even female), check character of ISO 7064 MOD 11-2
//   credit code      GB 32100: 17 of 31 characters (no I O S V Z), check character modulo 31
//   phone            a mobile number (11 digits from 13… to 19…) or a landline with its area code
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace linli::registers {

// Each returns the number as it is kept (upper case, no spaces or hyphens, no +86), or nothing.
std::optional<std::string> read_id_number(std::string_view text, time::Date today);
std::optional<std::string> read_credit_code(std::string_view text);
std::optional<std::string> read_phone(std::string_view text);

time::Date birth_date_of(std::string_view id_number);
bool is_male(std::string_view id_number);
char check_character_of_id(std::string_view first_17);
char check_character_of_credit_code(std::string_view first_17);

}  // namespace linli::registers
