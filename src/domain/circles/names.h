// The values of records by the names of their fields.
#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "domain/places/types.h"
#include "engine/pack/types.h"
#include "host/module.h"

namespace linli::circles {

// The names of a kind's values, found once.
class Names {
 public:
  Names(const pack::Content& content, std::string_view kind)
      : register_(content.find_register(kind)) {}

  // Null where the packs declare no such field.
  const Value& value(const host::Change::Side& side, std::string_view name) const {
    static const Value kNone;
    const expr::Variable* variable = register_ ? register_->scope.find(name) : nullptr;
    if (variable == nullptr) return kNone;
    const auto at = static_cast<size_t>(variable - register_->scope.variables.data());
    return at < side.values->size() ? (*side.values)[at] : kNone;
  }
  std::string text(const host::Change::Side& side, std::string_view name) const {
    const auto* found = std::get_if<std::string>(&value(side, name));
    return found == nullptr ? std::string() : *found;
  }
  // "lon,lat" as the registers keep points.
  std::optional<places::Point> point(const host::Change::Side& side) const {
    const std::string written = text(side, "point");
    places::Point made;
    const char* end = written.data() + written.size();
    const auto lon = std::from_chars(written.data(), end, made.lon);
    if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return std::nullopt;
    const auto lat = std::from_chars(lon.ptr + 1, end, made.lat);
    if (lat.ec != std::errc()) return std::nullopt;
    return made;
  }

 private:
  const pack::Register* register_;
};

}  // namespace linli::circles
