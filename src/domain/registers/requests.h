// What the parameters and bodies of requests mean for the registers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/registers/store.h"
#include "host/context.h"

namespace linli::registers {

// The register of the path, whose records the actor may read somewhere.
struct Asked {
  const pack::Register* kind = nullptr;
  std::vector<region::Code> territories;  // where, cut to the parameter `place`
};
// Refuses `register.not_found`, `access.denied`.
Result<Asked> asked(host::Context& call, std::string_view verb);

// The filter of the parameters place, q, where and label. Refuses `expression.invalid` at /where,
// `field.unknown` for what the actor does not see.
struct Wanted {
  Filter filter;
  std::shared_ptr<const expr::Expression> where;  // what filter.where points to
};
Result<Wanted> wanted_filter(host::Context& call, const Asked& asked);

// The page of the parameters order, limit and after. Refuses `list.bad_order`, `page.bad_cursor`.
Result<Page> wanted_page(host::Context& call, const pack::Register& kind);

// The record of the path, when the actor may read it; else refuses `record.not_found`.
Result<store::Row> readable(host::Context& call, db::Tx& tx, const pack::Register& kind);

}  // namespace linli::registers
