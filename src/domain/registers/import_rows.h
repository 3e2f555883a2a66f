// One row of a spreadsheet becomes one use case.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/csv.h"
#include "domain/registers/imports.h"
#include "domain/registers/vault.h"

namespace linli::registers {

// What an import needs to know of the one who started it, kept with it for when it goes on.
struct Importer {
  std::string account_id;
  std::string name;
  std::vector<region::Code> territories;  // where he may write
};

struct Line {
  int64_t number = 0;
  csv::Row cells;
};

class RowImport {
 public:
  RowImport(host::Services& services, const pack::Register& kind, const csv::Row& header,
            const ImportOptions& options, const Importer& importer, const Source& source);

  // Adds or changes the record of the row. Refuses what the use cases refuse, `access.denied` and
  // `place.bad_code`.
  Done apply(db::Tx& tx, const csv::Row& cells);

 private:
  Result<region::Code> place_of(db::Tx& tx, const std::string& cell);
  Result<std::optional<Record>> present(db::Tx& tx, const std::string& id,
                                        const json::Value& values);
  void resolve(db::Tx& tx, region::Code place, const pack::Field& field, json::Value& wire);
  Done allow(region::Code place) const;

  host::Services& services_;
  const pack::Register& kind_;
  const ImportOptions& options_;
  const Importer& importer_;
  const Source& source_;
  std::vector<std::string> targets_;  // of each column
  std::optional<std::unordered_map<std::string, region::Code>> villages_;
};

}  // namespace linli::registers
