// Text: UTF-8, folding for search, pinyin.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linli::text {

bool is_utf8(std::string_view text);
size_t count_code_points(std::string_view utf8);
std::string trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

// NFKC, lower case, no spaces or punctuation: what is stored and asked in search columns.
std::string fold(std::string_view text);

// Pinyin without tones, ü as v: "崆峒区" → {"kongtongqu", "ktq"}. Letters and digits stay. One
// reading a character (ICU's Han-Latin), the place names of core/pinyin_overrides.h first.
struct Pinyin {
  std::string full;
  std::string initials;
};
Pinyin pinyin(std::string_view text);

// The one search column of a record: folded words, their pinyin and initials, separated by one
// space, so that `LIKE '%' || fold(query) || '%'` finds them all.
std::string search_key(const std::vector<std::string>& words);

// The text with {name} replaced by its value; names without one stay as they are.
std::string fill(std::string_view text,
                 const std::vector<std::pair<std::string, std::string>>& values);

std::string escape_like(std::string_view text);  // for LIKE … ESCAPE '\'
std::string base64(std::string_view bytes);
std::string from_base64(std::string_view text);  // empty when malformed
std::string hex(std::string_view bytes);

}  // namespace linli::text
