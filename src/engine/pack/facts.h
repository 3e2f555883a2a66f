// The public facts of the loaded content, as GET /api/v1/content answers them.
#pragma once

#include "core/json.h"
#include "engine/pack/types.h"

namespace linli::pack {

json::Value to_json(const Text& text);
// A field as forms need it; its condition as the tree that the front end evaluates.
json::Value to_json(const Field& field);
json::Value to_json(const CircleMinutes& minutes);
// A list: key, name, kinds of facility, how many of them, within how many minutes.
json::Value needs_of(const Circle& circle);
json::Value content_facts(const Content& content);

}  // namespace linli::pack
