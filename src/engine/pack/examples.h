// The examples that packs carry in tests/: records that are given, and what the content must make
// of them. A plain reading of figures, derived names and routes, without database or counters;
// the grammar is docs/formats/pack.md.
#pragma once

#include <string>
#include <vector>

#include "engine/pack/load.h"

namespace linli::pack {

// The files under tests/ of the packs, by their path.
Files read_examples(const std::string& folder, const std::vector<std::string>& packs);

struct Verdict {
  int examples = 0;
  int expectations = 0;
  std::vector<Mistake> mistakes;  // what does not hold, and what could not be read
};
Verdict check_examples(const Content& content, const Files& examples);

}  // namespace linli::pack
