// From what a stranger knows of a place to our code for it.
#pragma once

#include <optional>
#include <string>

#include "domain/places/types.h"
#include "host/services.h"

namespace linli::gateways {

struct Location {
  std::string address_id;  // a region code
  std::string address;     // words
  std::optional<places::Point> point;
};

// The village or finer place inside `within`: the one whose code is given; else the one that the
// address names (with or without the levels between); else the one on whose cell the point lies.
// Refuses a field error at /address_id.
Result<region::Code> locate(db::Tx& tx, const host::Settings& settings, region::Code within,
                            const Location& location);

}  // namespace linli::gateways
