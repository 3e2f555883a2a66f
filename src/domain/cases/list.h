// Reading what a list is asked for, and the answers about kinds and units.
#pragma once

#include <optional>

#include "domain/cases/types.h"
#include "domain/cases/view.h"
#include "host/context.h"

namespace linli::cases {

struct Listing {
  Filter filter;
  Page page;         // one more than asked, to know whether another follows
  bool open = true;  // the queue, else the history
  std::optional<expr::Expression> where;
};
struct Found {
  std::vector<Case> cases;
  std::vector<Value> next;  // where the next page starts; empty after the last
};
// Cut to what the actor may read. Refuses `page.bad_cursor`, `expression.invalid`,
// `case.unknown_kind` and bad parameters.
Result<Listing> read_listing(host::Context& call);
// A page. A condition that no column answers looks at so many rows of the history at most: the
// page may then hold less than asked and still have a next.
Found find_page(db::Tx& tx, const host::Context& call, const Listing& listing);
// The rows without the one too many.
Found cut(std::vector<Case> rows, const Listing& listing);
void write_page(json::Writer& out, const View& view, const Found& found);
// lon and lat of the query, both or none.
Result<std::optional<places::Point>> read_point(const host::Context& call);
// Whether the subject is settled by mediation, law aid or deliberation.
bool is_private_matter(const pack::Content& content, const Case& shown);

Result<net::Response> get_kinds(host::Context& call);
Result<net::Response> get_units(host::Context& call);

}  // namespace linli::cases
