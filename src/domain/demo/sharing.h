// How many of the city's persons live in which village.
#pragma once

#include <vector>

#include "domain/demo/city.h"

namespace linli::demo {

// Gives the villages (in the order of their codes) their persons and their scale. A city of at
// least `size.fewest` of what all villages together hold at full size spreads over all of them; a
// smaller one fills fewer, as large as they are, and leaves the others empty: first a community and
// a village of the same county, then whole townships one after the other, where the most are
// missing beside the shares of the counties and of town and country. `everywhere`: over all in any
// case. The same seed fills the same villages; a larger city fills them and more.
void share_out(const json::Value& size, uint64_t seed, int64_t persons, bool everywhere,
               std::vector<Village>& villages);

}  // namespace linli::demo
