// Spreadsheets into a register: checked row by row, done in small transactions that remember how
// far they came, so that a killed import goes on and a repeated file is not imported twice.
//
// The first row names the columns; each is a field (by its name or label in any language), `place`
// (a region code, or a village's name), `id` (the record to change) or nothing. A row whose id or
// unique value is known changes that record, others are added. Empty cells say nothing; a masked
// value (138****1234) neither.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv.h"
#include "domain/registers/types.h"
#include "engine/pack/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::registers {

struct ImportOptions {
  region::Code place;                          // of rows that name none
  std::map<std::string, std::string> mapping;  // column → field, `place`, `id` or "" (left out)
  bool dry_run = false;
};

struct ImportError {
  int64_t line = 0;
  std::string field;  // empty: the row as a whole
  std::string code;
  std::string expected;
};

struct Import {
  std::string id;  // empty for a dry run
  std::string kind;
  std::string state;  // waiting, running, finished, failed
  region::Code place;
  int64_t line = 0;  // the last that is done
  int64_t accepted = 0;
  int64_t rejected = 0;
  std::vector<ImportError> errors;             // the first ones
  std::map<std::string, std::string> mapping;  // as used
};

inline constexpr size_t kErrorsKept = 1000;

// What each column of the header means; columns that mean nothing map to "".
std::map<std::string, std::string> guess_mapping(const pack::Register& kind,
                                                 const csv::Row& header);

// Reads the whole file (CSV or a workbook) and says what would happen. Refuses `csv.invalid`,
// `workbook.invalid`, `workbook.old`, `import.no_columns` (no column means a field) and
// `import.bad_mapping` (a name of no field).
Result<Import> try_import(host::Services& services, const host::Actor& actor,
                          const pack::Register& kind, std::string_view text,
                          const ImportOptions& options, time::Instant now);
// Keeps the text and returns the import that waits; the one that there is already for the same
// text and options. Refuses as above.
Result<Import> start_import(host::Services& services, const host::Actor& actor,
                            const pack::Register& kind, std::string_view text,
                            const ImportOptions& options, time::Instant now);
// Carries it on to its end, unless another process does; `progress` is told after each transaction
// how far it is. `clock` tells the time while it runs.
using Clock = std::function<time::Instant()>;
Result<Import> run_import(host::Services& services, const std::string& id,
                          const std::function<void(const Import&)>& progress = nullptr,
                          const Clock& clock = time::now);
// Refuses `import.not_found`.
Result<Import> find_import(host::Services& services, const std::string& id);

// Jobs: imports that wait or were left by a process that died; files of exports that are old.
void continue_imports(host::Services& services, time::Instant now);
void remove_old_exports(host::Services& services, time::Instant now);

}  // namespace linli::registers
