// Places as features, with their outlines and, of a figure's collection, with what it is there.
#pragma once

#include <string>

#include "domain/gateways/ogc_collections.h"

namespace linli::gateways::ogc {

// Both of a collection that has a level. Refuses `ogc.bad_parameter` for any filter,
// `page.bad_cursor`.
Result<Items> place_items(host::Context& call, const Collection& collection, const Asked& asked);
// Refuses `ogc.unknown_feature`.
Result<std::string> place_item(host::Context& call, const Collection& collection,
                               const std::string& id, Crs crs);

}  // namespace linli::gateways::ogc
