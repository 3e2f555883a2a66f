// What a believable city is made of by chance: ids and numbers whose check digits are right.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/random.h"
#include "core/time.h"

namespace linli::demo {

// A number for any text, the same in every program (FNV-1a: std::hash differs between libraries).
uint64_t part_of(std::string_view key);

// A UUID version 7 from chance alone.
std::string make_id(Random& random, time::Instant at);
// An identity number with a valid check digit: region (6 digits), birth, sequence (odd: a man).
std::string make_id_number(const std::string& region, time::Date birth, int64_t sequence);
// A unified social credit code with a valid check character (GB 32100-2015).
std::string make_credit_code(const std::string& region, int64_t number);

}  // namespace linli::demo
