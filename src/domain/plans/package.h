// The package of evidence of a plan at a place: figures, definitions, and the hashes of every
// record that counts, for somebody who checks without the system. docs/formats/evidence.md.
#pragma once

#include <string>

#include "domain/plans/views.h"

namespace linli::plans {

// The package's text. Records stand as salted hashes: who is shown a record and its salt can find
// it, nobody can guess it. Refuses `place.too_wide` above a county.
Result<std::string> evidence_package(const Scene& scene, host::Services& services,
                                     const pack::PlanHeader& plan, Code place);

}  // namespace linli::plans
