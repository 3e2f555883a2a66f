// XML: read into a small tree, with limits; escaped for writing. The parser behind it (expat)
// stays in xml.cpp. Document types are refused, so there are no entities to expand.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace linli::xml {

struct Element {
  std::string space;                                            // the namespace, or empty
  std::string name;                                             // without prefix
  std::vector<std::pair<std::string, std::string>> attributes;  // names without namespace
  std::string text;  // of itself, its children's not included
  std::vector<Element> children;
  int64_t line = 0;

  // The attribute's value, or empty.
  std::string_view attribute(std::string_view wanted) const;
};

inline constexpr size_t kMaxDepth = 32;
inline constexpr size_t kMaxElements = 1'000'000;

// Refuses `xml.invalid` (detail "line N: …") for bad syntax, a document type, or beyond the limits.
Result<Element> parse(std::string_view text);

// For texts that make no small tree: hands over each element of the name, whole, and keeps nothing
// else, until `take` returns false. Refuses as above; the limit is one element's.
Done each(std::string_view text, std::string_view name,
          const std::function<bool(const Element&)>& take);

// For text and quoted attributes; what XML cannot hold (control characters) is left out.
std::string escape(std::string_view text);

}  // namespace linli::xml
