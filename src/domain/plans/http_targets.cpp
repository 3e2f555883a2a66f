// Targets handed down: how they stand, a proposal, the deed, and its history.
#include "domain/accounts/api.h"
#include "domain/plans/routes.h"
#include "domain/plans/store.h"
#include "domain/plans/targets.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

constexpr int64_t kMostChildren = 2000;

struct Asked {
  const pack::PlanHeader* plan = nullptr;
  const pack::Indicator* indicator = nullptr;
};

Result<Asked> asked(const Context& call) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  return Asked{plan, TRY(find_indicator(call.content(), plan->key, call.path("key")))};
}

std::optional<double> number_in(const json::Value& body, std::string_view key) {
  const json::Value* found = body.find(key);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->as_number();
}

void write(json::Writer& out, const Handing& handing) {
  out.begin_object()
      .member("place", handing.place.text())
      .member("year", handing.year)
      .member("ratio", handing.ratio)
      .member("total", handing.total)
      .member("revision", handing.revision)
      .member("sum", handing.sum)
      .member("fits", handing.fits)
      .key("children")
      .begin_array();
  for (const Handing::Part& part : handing.parts) {
    out.begin_object()
        .member("place", part.place.code.text())
        .member("place_name", part.place.name)
        .member("value", part.value)
        .member("denominator", part.denominator)
        .member("target", part.target)
        .end_object();
  }
  out.end_array().end_object();
}

Result<Response> get_targets(Context& call, Figures& figures) {
  const Asked of = TRY(asked(call));
  const Code place = TRY(readable_place(call, "place"));
  const int64_t year = call.query("year").empty() ? call.today() / 10000
                                                  : TRY(indicator::parse_year(call.query("year")));
  const auto found = TRY(look(call, figures, [&](const Scene& scene) -> Result<Handing> {
    return handing(scene, *of.plan, *of.indicator, place, year);
  }));
  return host::ok([&](json::Writer& out) { write(out, found); });
}

Result<Response> post_proposal(Context& call, Figures& figures) {
  const Asked of = TRY(asked(call));
  const json::Value& body = call.body();
  const Code place = TRY(Code::parse(body.text("place")));
  TRY(call.require("figure.read", place));
  const Division division{*indicator::method_named(body.text("method")), number_in(body, "total"),
                          body.text("weight")};
  const auto found = TRY(look(call, figures, [&](const Scene& scene) {
    return propose(scene, *of.plan, *of.indicator, place, body.integer("year"), division);
  }));
  return host::ok([&](json::Writer& out) { write(out, found); });
}

Result<Response> put_targets(Context& call, Figures& figures) {
  const Asked of = TRY(asked(call));
  const json::Value& body = call.body();
  const Code place = TRY(Code::parse(body.text("place")));
  TRY(call.require("plan.write", place));
  HandDown wanted{.method = body.text("method"),
                  .total = number_in(body, "total"),
                  .revision = body.integer("revision"),
                  .reason = body.text("reason")};
  for (const json::Value& value : body.find("values")->as_array()) {
    wanted.values[TRY(Code::parse(value.text("place")))] = value.number("value");
  }
  const auto made = TRY(call.transact([&](db::Tx& tx) -> Result<Handing> {
    const Scene scene{tx, call.services(), figures, call.today()};
    Handing handed = TRY(hand_down(scene, *of.plan, *of.indicator, place, body.integer("year"),
                                   wanted, call.actor(), call.now()));
    accounts::audit(tx, call.services(), call.actor(), "target.handed_down", of.indicator->key,
                    place, json::Object{{"year", handed.year}, {"revision", handed.revision}},
                    call.now());
    return handed;
  }));
  return host::ok([&](json::Writer& out) { write(out, made); });
}

Result<Response> get_history(Context& call, Figures&) {
  const Asked of = TRY(asked(call));
  const Code place = TRY(readable_place(call, "place"));
  const auto all = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<HandedTarget>> {
    return store::target_history(tx, place, of.indicator->key);
  }));
  return items(all, [](json::Writer& out, const HandedTarget& target) {
    out.begin_object()
        .member("year", target.year)
        .member("revision", target.revision)
        .member("value", target.value)
        .member("start_value", target.start_value)
        .member("method", target.method)
        .member("handed_by", target.handed_by.text())
        .member("reason", target.reason)
        .member("actor_name", target.actor_name)
        .member("at", time::format(target.at))
        .end_object();
  });
}

shape::Shape handing_shape() {
  return shape::object(
      {required("place", shape::place()), required("year", shape::integer()),
       required("ratio", shape::boolean()), number("total"), required("revision", shape::integer()),
       number("sum"), required("fits", shape::boolean()),
       required("children",
                shape::array(shape::object({required("place", shape::place()),
                                            required("place_name", shape::text()), number("value"),
                                            number("denominator"), number("target")},
                                           "HandedPart"),
                             kMostChildren))},
      "Handing");
}

shape::Shape history_shape() {
  return shape::object(
      {required("year", shape::integer()), required("revision", shape::integer()),
       required("value", shape::number()), number("start_value"), required("method", shape::text()),
       required("handed_by", shape::place()), required("reason", shape::text(500)),
       required("actor_name", shape::text()), required("at", shape::instant())},
      "TargetRevision");
}

}  // namespace

std::vector<host::Route> target_routes(const std::shared_ptr<Figures>& figures) {
  const auto method = required("method", shape::choice({"equal", "weight", "gap", "hand"}));
  const auto year = required("year", shape::integer(1949, 2199));
  const std::string path = "/api/v1/plans/{plan}/indicators/{key}/targets";
  const shape::Shape value = shape::object(
      {required("place", shape::place()), required("value", shape::number())}, "PlaceTarget");
  return {
      {.method = "GET",
       .path = path,
       .permission = "figure.read",
       .handle = bound(get_targets, figures),
       .summary = "How a place's target of a year stands divided among its children",
       .query = {optional("place", shape::place()), optional("year", shape::text(4))},
       .output = handing_shape(),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code", "period.bad"}},
      {.method = "POST",
       .path = path + "/propose",
       .permission = "figure.read",
       .handle = bound(post_proposal, figures),
       .summary = "A division of the target by a rule; nothing is saved",
       .input =
           shape::object({required("place", shape::place()), year, method,
                          optional("total", shape::number()), optional("weight", shape::text())},
                         "ProposeTargets"),
       .output = handing_shape(),
       .errors = {"plan.unknown", "indicator.unknown", "target.no_total", "target.no_weight",
                  "target.ratio_has_no_weight", "figure.unknown"}},
      {.method = "PUT",
       .path = path,
       .permission = "plan.write",
       .handle = bound(put_targets, figures),
       .summary = "Hand a target down to the children, as a new revision",
       .input =
           shape::object({required("place", shape::place()), year, method,
                          required("revision", shape::integer(0)),
                          required("reason", shape::text(500)), optional("total", shape::number()),
                          required("values", shape::array(value, kMostChildren))},
                         "HandDown"),
       .output = handing_shape(),
       .errors = {"plan.unknown", "indicator.unknown", "target.no_total", "target.children_differ",
                  "target.sum_differs", "record.changed_meanwhile"}},
      {.method = "GET",
       .path = path + "/history",
       .permission = "figure.read",
       .handle = bound(get_history, figures),
       .summary = "Every revision of the targets that were handed to a place",
       .query = {optional("place", shape::place())},
       .output = shape::page(history_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
  };
}

}  // namespace linli::plans
