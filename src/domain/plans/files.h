// Files of evidence: kept once under their hash, never executed, always downloaded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/plans/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::plans {

struct EvidenceFile {
  std::string id;
  Code place;
  std::string name;
  std::string kind;  // application/pdf
  int64_t bytes = 0;
  std::string sha256;
  std::string owner;
  time::Instant at = 0;
};

// What the bytes are by their first ones: PDF, PNG, JPEG, an office document or UTF-8 text; empty
// for anything else.
std::string kind_of_file(std::string_view bytes);

// Refuses `evidence.bad_kind` and `evidence.empty`.
Result<EvidenceFile> keep_file(host::Services& services, const host::Actor& actor, Code place,
                               std::string_view name, std::string_view bytes, time::Instant now);
std::string path_of(const host::Services& services, const EvidenceFile& file);
// Refuses `evidence.not_found`.
Result<EvidenceFile> find_file(db::Tx& tx, std::string_view id);
// Those of the ids, in their order. Refuses `evidence.not_found`, also for a file of elsewhere.
Result<std::vector<EvidenceFile>> find_files(db::Tx& tx, const std::vector<std::string>& ids,
                                             Code place);

}  // namespace linli::plans
