// Assessments, honest rankings, and evidence for third parties.
#include "core/crypto.h"
#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/plans/evaluation.h"
#include "domain/plans/package.h"
#include "domain/plans/routes.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

Result<Response> get_evaluations(Context& call, Figures&) {
  TRY(call.require_somewhere("figure.read"));
  return items(call.content().evaluations, [](json::Writer& out, const pack::Evaluation& one) {
    out.begin_object().member("key", one.key);
    name(out, one.name);
    out.member("plan", one.plan).member("kind", one.kind);
    write_date(out, "on", one.on);
    out.key("description");
    write(out, one.description);
    out.end_object();
  });
}

Result<Response> get_evaluation(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  std::optional<time::Date> on;
  if (!call.query("date").empty()) on = TRY(time::parse_date(call.query("date")));
  const Assessment found = TRY(look(call, figures, [&](const Scene& scene) {
    return assess(scene, call.path("key"), place, on);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("key", found.evaluation->key);
    name(out, found.evaluation->name);
    out.member("place", found.place.code.text()).member("place_name", found.place.name);
    write_date(out, "date", found.date);
    out.member("score", found.composite.score)
        .member("weight_with_data", found.composite.weight)
        .member("weight", found.composite.whole)
        .key("parts")
        .begin_array();
    for (const Assessment::Part& part : found.parts) {
      out.begin_object()
          .member("indicator", part.view.indicator->key)
          .member("number", part.view.indicator->number)
          .member("unit", part.view.indicator->unit);
      name(out, part.view.indicator->name);
      out.member("weight", part.weight)
          .member("value", part.view.value)
          .member("target", part.view.goal ? std::optional(part.view.goal->target.value)
                                           : std::optional<double>())
          .member("degree", part.degree)
          .end_object();
    }
    out.end_array().end_object();
  });
}

// A list of scores, in the order of codes: a score is no share with an interval, so nobody is
// ranked.
Result<Response> get_scores(Context& call, Figures& figures) {
  const Code parent = TRY(readable_place(call, "parent"));
  std::optional<time::Date> on;
  if (!call.query("date").empty()) on = TRY(time::parse_date(call.query("date")));
  const auto all = TRY(look(call, figures, [&](const Scene& scene) {
    return assess_children(scene, call.path("key"), parent, on);
  }));
  if (call.query("format") == "csv") {
    Response response;
    response.body = scores_csv(all);
    response.headers = {{"content-type", "text/csv; charset=utf-8"},
                        {"content-disposition", "attachment; filename=\"" + call.path("key") + "-" +
                                                    parent.text() + ".csv\""}};
    return response;
  }
  return items(all, [](json::Writer& out, const Assessment& one) {
    out.begin_object().member("place", one.place.code.text()).member("place_name", one.place.name);
    write_date(out, "date", one.date);
    out.member("score", one.composite.score)
        .member("weight_with_data", one.composite.weight)
        .member("weight", one.composite.whole)
        .end_object();
  });
}

Result<Response> get_ranking(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), plan->key, call.path("key")));
  const Code parent = TRY(readable_place(call, "parent"));
  const auto all = TRY(look(call, figures, [&](const Scene& scene) {
    return ranking(scene, *plan, *indicator, parent);
  }));
  return items(all, [](json::Writer& out, const Ranked& one) {
    const Standing& standing = one.standing;
    const auto& rank = standing.rank;
    out.begin_object()
        .member("place", one.place.code.text())
        .member("place_name", one.place.name)
        .member("successes", standing.successes)
        .member("trials", standing.trials)
        .member("share", standing.trials > 0 ? std::optional(standing.share.value) : std::nullopt)
        .member("low", standing.share.low)
        .member("high", standing.share.high)
        .member("best", rank ? std::optional(rank->best) : std::nullopt)
        .member("worst", rank ? std::optional(rank->worst) : std::nullopt)
        .end_object();
  });
}

// Whoever took a package away is on the trail, with its digest: another text is another package.
Result<Response> get_evidence(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const Code place = TRY(call.query_place("place"));
  TRY(call.require("plan.evidence", place));
  std::string package = TRY(look(call, figures, [&](const Scene& scene) {
    return evidence_package(scene, call.services(), *plan, place);
  }));
  TRY(call.transact([&](db::Tx& tx) -> Done {
    accounts::audit(tx, call.services(), call.actor(), "evidence.taken", plan->key, place,
                    json::Object{{"sha256", text::hex(crypto::sha256(package))}}, call.now());
    return {};
  }));
  Response response;
  response.body = std::move(package);
  response.headers = {{"content-type", "application/json"},
                      {"content-disposition", "attachment; filename=\"evidence-" + plan->key + "-" +
                                                  place.text() + ".json\""}};
  return response;
}

shape::Shape assessment_shape() {
  const shape::Shape part = shape::object(
      {required("indicator", shape::text()), required("number", shape::text()),
       required("unit", shape::text()), required("name", text_shape()),
       required("weight", shape::number()), number("value"), number("target"), number("degree")},
      "AssessmentPart");
  return shape::object({required("key", shape::text()), required("name", text_shape()),
                        required("place", shape::place()), required("place_name", shape::text()),
                        required("date", shape::date()), number("score"),
                        required("weight_with_data", shape::number()),
                        required("weight", shape::number()), required("parts", shape::array(part))},
                       "Assessment");
}

}  // namespace

std::vector<host::Route> evaluation_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  const shape::Shape listed =
      shape::object({required("key", shape::text()), required("name", text_shape()),
                     required("plan", shape::text()),
                     required("kind", shape::choice({"yearly", "mid_term", "final", "special"})),
                     required("on", shape::date()), required("description", text_shape())},
                    "Evaluation");
  const shape::Shape ranked = shape::object(
      {required("place", shape::place()), required("place_name", shape::text()),
       required("successes", shape::number()), required("trials", shape::number()), number("share"),
       required("low", shape::number()), required("high", shape::number()),
       optional("best", shape::integer()), optional("worst", shape::integer())},
      "RankedPlace");
  const shape::Shape score = shape::object(
      {required("place", shape::place()), required("place_name", shape::text()),
       required("date", shape::date()), number("score"),
       required("weight_with_data", shape::number()), required("weight", shape::number())},
      "PlaceScore");
  return {
      {.method = "GET",
       .path = "/api/v1/evaluations",
       .permission = "figure.read",
       .handle = bound(get_evaluations, figures),
       .summary =
           "The assessments that packs hold; the description says where the weights are from",
       .output = shape::page(listed)},
      {.method = "GET",
       .path = "/api/v1/evaluations/{key}",
       .permission = "figure.read",
       .handle = bound(get_evaluation, figures),
       .summary = "A place's score on the assessment's day or another, with its parts",
       .query = {place, optional("date", shape::date())},
       .output = assessment_shape(),
       .errors = {"evaluation.unknown", "place.bad_code", "time.bad_date"}},
      {.method = "GET",
       .path = "/api/v1/evaluations/{key}/places",
       .permission = "figure.read",
       .handle = bound(get_scores, figures),
       .summary = "The scores of the places below, as a list or, with each degree, as CSV",
       .query = {optional("parent", shape::place()), optional("date", shape::date()),
                 optional("format", shape::choice({"json", "csv"}))},
       .output = shape::page(score),
       .errors = {"evaluation.unknown", "place.bad_code", "time.bad_date"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators/{key}/ranking",
       .permission = "figure.read",
       .handle = bound(get_ranking, figures),
       .summary = "The children of a place by their share, with intervals and ranges of ranks",
       .query = {optional("parent", shape::place())},
       .output = shape::page(ranked),
       .errors = {"plan.unknown", "indicator.unknown", "ranking.not_a_share", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/evidence",
       .permission = "plan.evidence",
       .handle = bound(get_evidence, figures),
       .summary = "A package of figures, definitions and records' hashes that verifies outside",
       .query = {place},
       .errors = {"plan.unknown", "place.too_wide", "place.bad_code"}},
  };
}

}  // namespace linli::plans
