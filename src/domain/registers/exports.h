// Records as a spreadsheet.
#pragma once

#include <string>
#include <string_view>

#include "core/datum.h"
#include "domain/registers/types.h"
#include "engine/pack/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::registers {

struct Export {
  std::string file;  // removed when it is old
  int64_t rows = 0;
};

enum class Spreadsheet { csv, xlsx };

// Writes what the filter lets through as UTF-8 CSV with a byte order mark or as a workbook: id,
// place, its name, the fields that the actor sees under their labels in the language (zh or en),
// sensitive values masked. Points are in the datum, and say so unless it is WGS-84. An import of
// the same file finds its columns again.
Export export_records(db::Tx& tx, host::Services& services, const host::Actor& actor,
                      const pack::Register& kind, const Filter& filter, std::string_view language,
                      Spreadsheet as, time::Instant now, datum::Datum datum = datum::Datum::wgs84);

}  // namespace linli::registers
