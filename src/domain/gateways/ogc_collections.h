// The collections of OGC API – Features: places by level, every register whose records have a
// point, and figures by place for each level, as somebody may see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/gateways/ogc.h"
#include "domain/maps/api.h"
#include "domain/places/api.h"
#include "host/context.h"

namespace linli::gateways::ogc {

struct Collection {
  std::string id;
  pack::Text title;
  pack::Text about;
  std::optional<region::Level> level;          // of places and figures
  std::optional<registers::PointScope> scope;  // of a register
  std::optional<maps::Figure> figure;
};

std::vector<Collection> collections(host::Context& call, const maps::Maps& maps);
// Refuses `ogc.unknown_collection`, also for what the caller may not see.
Result<Collection> collection_named(host::Context& call, const maps::Maps& maps,
                                    const std::string& id);

// Features of a page as JSON, and the cursor of the next page.
struct Items {
  json::Writer written;  // an array
  int64_t count = 0;
  std::string next;  // empty: that was all
};
// Refuses `field.unknown` and others of a filter, `page.bad_cursor`.
Result<Items> items(host::Context& call, const Collection& collection, const Asked& asked);
// Refuses `ogc.unknown_feature`.
Result<std::string> item(host::Context& call, const Collection& collection, const std::string& id,
                         Crs crs);

}  // namespace linli::gateways::ogc
