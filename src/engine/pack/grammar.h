// What a definition of each family may hold. One declaration serves the loader's checks and the
// JSON Schema for editors; docs/formats/pack.md says it in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/shape.h"

namespace linli::pack {

// A member whose keys the pack's author chooses: fields, labels, derived.
struct Entries {
  std::string member;
  shape::Shape shape;  // of each entry
};

// A kind of definition, named by the first key of its document.
struct Family {
  std::string name;
  shape::Shape shape;
  std::vector<Entries> entries;
  bool free_key = false;  // its key is not a plain name: a year, pingliang.7
};

const std::vector<Family>& families();
const Family* family(std::string_view name);

// JSON Schema 2020-12 of one definition.
json::Value pack_schema();

}  // namespace linli::pack
