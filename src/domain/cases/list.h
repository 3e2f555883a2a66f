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
};
// Cut to what the actor may read. Refuses `page.bad_cursor` and bad parameters.
Result<Listing> read_listing(host::Context& call);
void write_page(json::Writer& out, const View& view, const std::vector<Case>& cases,
                const Listing& listing);
// lon and lat of the query, both or none.
Result<std::optional<places::Point>> read_point(const host::Context& call);
// Whether the subject is settled by mediation, law aid or deliberation.
bool is_private_matter(const pack::Content& content, const Case& shown);

Result<net::Response> get_kinds(host::Context& call);
Result<net::Response> get_units(host::Context& call);

}  // namespace linli::cases
