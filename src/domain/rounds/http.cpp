#include "domain/rounds/api.h"
#include "domain/rounds/inquiry.h"
#include "domain/rounds/module.h"
#include "domain/rounds/rules.h"
#include "domain/rounds/store.h"
#include "domain/rounds/wire.h"

namespace linli::rounds {

std::vector<db::Migration> migrations();

namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

constexpr std::string_view kKind = "rounds";
constexpr std::string_view kPermission = "round.write";
constexpr int64_t kMostRounds = 50;
constexpr size_t kMostBases = 20;

Result<Response> post_question(Context& call) {
  const Inquiry inquiry = TRY(read_inquiry(call.content(), call.body()));
  TRY(call.require(kPermission, inquiry.place));
  return host::accepted(
      TRY(host::ask(call, kKind, inquiry.place, call.body(), call.body().integer("seed", 1))));
}

Result<Response> post_round(Context& call) {
  const host::Computation planned =
      TRY(host::find_computation(call, call.body().text("computation")));
  if (planned.kind != kKind || planned.answer.is_null())
    return refuse(ErrorKind::conflict, "round.no_answer");
  Round round{.name = call.body().text("name", planned.question.text("name")),
              .valid_from = TRY(time::parse_date(call.body().text("valid_from"))),
              .published_at = call.now(),
              .published_by = call.actor().account_id};
  if (const std::string to = call.body().text("valid_to"); !to.empty()) {
    round.valid_to = TRY(time::parse_date(to));
    if (*round.valid_to < round.valid_from) return refuse(ErrorKind::invalid, "round.bad_period");
  }
  std::vector<RoundVisit> visits;
  const Round made = TRY(call.transact([&](db::Tx& tx) -> Result<Round> {
    Round published = publish(tx, planned, round);
    visits = store::visits_of(tx, published.id);
    return published;
  }));
  return host::created([&](json::Writer& out) { write(out, made, visits); });
}

Result<Response> get_rounds(Context& call) {
  const region::Code place = TRY(call.query_place("place"));
  std::vector<std::pair<Round, std::vector<RoundVisit>>> found;
  TRY(call.read([&](db::Tx& tx) -> Done {
    for (Round& round : store::under(tx, place, kMostRounds)) {
      auto visits = store::visits_of(tx, round.id);
      found.emplace_back(std::move(round), std::move(visits));
    }
    return {};
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const auto& [round, visits] : found) write(out, round, visits);
    out.end_array().end_object();
  });
}

Result<Response> get_round(Context& call) {
  std::vector<RoundVisit> visits;
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::optional<Round>> {
    visits = store::visits_of(tx, call.path("id"));
    return store::load(tx, call.path("id"));
  }));
  if (!found || found->withdrawn_at) return refuse(ErrorKind::not_found, "round.not_found");
  return host::ok([&](json::Writer& out) { write(out, *found, visits); });
}

// Facilities from which vehicles may leave, by name, pinyin or initials.
Result<Response> get_bases(Context& call, circles::Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  TRY(call.require(kPermission, place));
  const auto known = circles.facilities(call.services(), call.now());
  const std::vector<const circles::Facility*> found =
      bases_among(*known, place, call.query("q"), kMostBases);
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const circles::Facility* facility : found) write(out, *facility);
    out.end_array().end_object();
  });
}

Result<Response> get_visits(Context& call) {
  const region::Code place = TRY(call.query_place("place"));
  const auto coming = TRY(call.read(
      [&](db::Tx& tx) -> Result<std::vector<Coming>> { return coming_to(tx, place, call.now()); }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Coming& one : coming) write(out, one);
    out.end_array().end_object();
  });
}

Result<Response> post_withdraw(Context& call) {
  const auto known = TRY(call.read([&](db::Tx& tx) -> Result<std::optional<Round>> {
    return store::load(tx, call.path("id"));
  }));
  if (!known || !host::may(call.actor(), kPermission, known->place))
    return refuse(ErrorKind::not_found, "round.not_found");
  TRY(call.transact([&](db::Tx& tx) -> Done {
    TRY(withdraw(tx, known->id, call.now()));
    return {};
  }));
  return host::no_content();
}

std::vector<shape::Field> visit_fields() {
  return {required("place", shape::place()),
          required("place_name", shape::text()),
          required("point", shape::object({required("lon", shape::number()),
                                           required("lat", shape::number())})),
          required("week", shape::integer(0, 3)),
          required("weekday", shape::integer(0, 6)),
          required("vehicle", shape::integer(0)),
          required("arrive", shape::text(5)),
          required("leave", shape::text(5))};
}

shape::Shape round_shape() {
  return shape::object(
      {required("id", shape::id()), required("place", shape::place()),
       required("name", shape::text()), required("weeks", shape::integer(1, 4)),
       required("valid_from", shape::date()), optional("valid_to", shape::date()),
       required("published_at", shape::instant()),
       required("visits", shape::array(shape::object(visit_fields(), "MobileVisit")))},
      "MobileRound");
}

shape::Shape coming_shape() {
  std::vector<shape::Field> fields = visit_fields();
  fields.push_back(required("round", shape::id()));
  fields.push_back(required("name", shape::text()));
  fields.push_back(required("weeks", shape::integer(1, 4)));
  fields.push_back(required("day", shape::date()));
  return shape::object(std::move(fields), "ComingVisit");
}

shape::Shape base_shape() {
  return shape::object({required("id", shape::text()), required("name", shape::text()),
                        required("kind", shape::text()), required("place", shape::place()),
                        required("point", shape::object({required("lon", shape::number()),
                                                         required("lat", shape::number())}))},
                       "RoundBase");
}

shape::Shape items_of(shape::Shape item) {
  return shape::object({required("items", shape::array(std::move(item)))});
}

}  // namespace

host::Module manifest(std::shared_ptr<circles::Circles> circles) {
  const std::string base = "/api/v1/rounds";
  return {
      .name = "rounds",
      .about = "Mobile services: rounds planned, timetables published.",
      .permissions = {std::string(kPermission)},
      .migrations = migrations(),
      .routes = {{.method = "POST",
                  .path = base + "/questions",
                  .permission = "signed_in",
                  .handle = post_question,
                  .summary = "Ask for a round of a mobile service; the answer is a computation's",
                  .input = inquiry_shape(),
                  .output = host::computation_shape(),
                  .errors = {"circle.unknown", "circle.group_unknown", "circle.place_too_large",
                             "siting.unknown_need", "round.bad_time", "round.too_many_visits",
                             "round.not_below", "computation.too_many"}},
                 {.method = "POST",
                  .path = base,
                  .permission = "signed_in",
                  .handle = post_round,
                  .summary = "Publish an answer as the timetable that residents read",
                  .input = shape::object(
                      {required("computation", shape::id()), optional("name", shape::text(60)),
                       required("valid_from", shape::date()), optional("valid_to", shape::date())}),
                  .output = round_shape(),
                  .errors = {"computation.not_found", "round.no_answer", "round.bad_period"}},
                 {.method = "GET",
                  .path = base,
                  .permission = "public",
                  .handle = get_rounds,
                  .summary = "Timetables in force under a place",
                  .query = {required("place", shape::place())},
                  .output = items_of(round_shape())},
                 {.method = "GET",
                  .path = base + "/bases",
                  .permission = "signed_in",
                  .handle = [circles](Context& call) { return get_bases(call, *circles); },
                  .summary = "Facilities in service from which vehicles may leave",
                  .query = {required("place", shape::place()), optional("q", shape::text(60))},
                  .output = items_of(base_shape())},
                 {.method = "GET",
                  .path = base + "/{id}",
                  .permission = "public",
                  .handle = get_round,
                  .summary = "A timetable in force",
                  .output = round_shape(),
                  .errors = {"round.not_found"}},
                 {.method = "GET",
                  .path = base + "/visits",
                  .permission = "public",
                  .handle = get_visits,
                  .summary = "When mobile services come to a village next",
                  .query = {required("place", shape::place())},
                  .output = items_of(coming_shape())},
                 {.method = "POST",
                  .path = base + "/{id}/withdraw",
                  .permission = "signed_in",
                  .handle = post_withdraw,
                  .summary = "Take a timetable out of force",
                  .errors = {"round.not_found", "round.withdrawn"}}},
      .computations = {{.name = std::string(kKind),
                        .permission = std::string(kPermission),
                        .compute =
                            [circles](host::Services& services, host::Run& run) {
                              return plan_round(services, *circles, run);
                            }}},
  };
}

}  // namespace linli::rounds
