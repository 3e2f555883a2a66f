// Standards held against places and records.
#include "domain/plans/routes.h"
#include "domain/plans/standards.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

void write(json::Writer& out, const Holding& holding) {
  out.begin_object()
      .member("place", holding.place.code.text())
      .member("place_name", holding.place.name)
      .member("record", holding.record_id)
      .member("name", holding.name)
      .member("value", holding.value)
      .member("minimum", holding.minimum)
      .member("maximum", holding.maximum)
      .member("shortfall", holding.shortfall)
      .member("excess", holding.excess)
      .end_object();
}

Result<Response> get_holdings(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Standard* standard = TRY(find_standard(call.content(), plan->key, call.path("key")));
  const Code place = TRY(readable_place(call, "place"));
  const int64_t limit = TRY(call.limit());
  Code after;
  if (!call.query("after").empty()) {
    const std::vector<Value> last = TRY(host::read_cursor(call.query("after")));
    const auto* code = last.empty() ? nullptr : std::get_if<int64_t>(&last.front());
    if (code == nullptr) return refuse(ErrorKind::invalid, "page.bad_cursor");
    after = Code(*code);
  }
  const bool failing = call.query("failing") == "true";
  const HoldingPage page = TRY(look(call, figures, [&](const Scene& scene) -> Result<HoldingPage> {
    return holdings(scene, *standard, place, after, limit, failing);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Holding& holding : page.items) write(out, holding);
    out.end_array().key("next");
    page.next ? out.value(host::write_cursor({page.next->padded()})) : out.null();
    out.end_object();
  });
}

shape::Field number(std::string field) {
  return {std::move(field), shape::number(), true, true};
}

shape::Shape holding_shape() {
  return shape::object(
      {required("place", shape::place()), required("place_name", shape::text()),
       required("record", shape::text()), required("name", shape::text()), number("value"),
       number("minimum"), number("maximum"), number("shortfall"), number("excess")},
      "StandardHolding");
}

}  // namespace

std::vector<host::Route> standard_routes(const std::shared_ptr<Figures>& figures) {
  return {{.method = "GET",
           .path = "/api/v1/plans/{plan}/standards/{key}/holdings",
           .permission = "figure.read",
           .handle = bound(get_holdings, figures),
           .summary = "A standard held against each place or record, with what is short",
           .query = {optional("place", shape::place()), optional("after", shape::text(500)),
                     optional("limit", shape::text(4)),
                     optional("failing", shape::choice({"true", "false"}))},
           .output = shape::page(holding_shape()),
           .errors = {"plan.unknown", "standard.unknown", "place.bad_code", "page.bad_cursor"}}};
}

}  // namespace linli::plans
