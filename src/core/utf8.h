// UTF-8, one code point at a time.
#pragma once

#include <string>
#include <string_view>

namespace linli::text {

// Drops one code point from the front of a text that is not empty; a bad byte comes out as U+FFFD
// and false.
bool take(std::string_view& text, char32_t& point);
char32_t take_code_point(std::string_view& text);
void append_code_point(std::string& out, char32_t point);

}  // namespace linli::text
