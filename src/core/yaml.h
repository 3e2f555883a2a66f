// YAML as a door to json::Value: packs are read once and the YAML tree dropped.
#pragma once

#include <string_view>
#include <vector>

#include "core/json.h"

namespace linli::yaml {

// Reads a stream of documents; every Value carries its line. Plain scalars become bool (true,
// false), integers, decimals or null (~, null, empty) by JSON's spelling only: `NO`, `1.10.1` and
// anything quoted stay text. Refuses (`yaml.invalid`, detail "line N: …") bad syntax, duplicate
// keys, aliases and anchors, and more than 64 levels.
Result<std::vector<json::Value>> parse(std::string_view text);

}  // namespace linli::yaml
