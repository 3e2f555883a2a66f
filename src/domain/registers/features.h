// Records with a point as features for other systems: by box, by last change, by their fields.
// Ordered by cell, so that a page costs what it returns. Included by api.h.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cell.h"
#include "core/json.h"
#include "core/time.h"
#include "domain/registers/points.h"
#include "host/services.h"

namespace linli::registers {

struct Box {  // WGS-84, degrees; east may lie west of west: across 180 degrees
  double west = -180;
  double south = -90;
  double east = 180;
  double north = 90;
  bool contains(cell::Position at) const;
};

struct FeatureQuery {
  Box box = {};
  std::optional<time::Instant> from;  // of the last change, both ends included
  std::optional<time::Instant> to;
  std::vector<std::pair<std::string, std::string>> equal;  // field, value as in a spreadsheet
  int64_t limit = 100;
  std::vector<Value> after;  // of the page before
};

struct Feature {
  std::string id;
  cell::Position at;
  json::Object properties;  // the fields that the actor sees, as on the wire
};

struct FeaturePage {
  std::vector<Feature> items;
  std::vector<Value> next;  // empty: that was all
};

// Refuses `field.unknown` for a filter on what is no field, is sensitive or is hidden,
// `field.format` and others for a value that the field cannot hold, `page.bad_cursor`.
Result<FeaturePage> features(db::Tx& tx, host::Services& services, const host::Actor& actor,
                             const PointScope& scope, const FeatureQuery& query, time::Date today);
// Refuses `record.not_found`, also where the record lies beyond the scope or has no point.
Result<Feature> feature(db::Tx& tx, host::Services& services, const host::Actor& actor,
                        const PointScope& scope, std::string_view id, time::Date today);

// The fields that the actor sees in the features of a register, by name.
std::vector<const pack::Field*> feature_fields(const host::Actor& actor, const PointScope& scope);

}  // namespace linli::registers
