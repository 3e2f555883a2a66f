#include "domain/grids/api.h"
#include "domain/grids/module.h"
#include "domain/grids/township.h"
#include "domain/grids/wire.h"
#include "domain/places/api.h"
#include "host/context.h"

namespace linli::grids {

std::vector<db::Migration> migrations();

namespace {

using host::Context;
using net::Response;

constexpr std::string_view kDraw = "grid.draw";
constexpr std::string_view kApply = "grid.apply";

// The rule that was asked for: a standard that holds there, a range, villagers' groups; else the
// first standard, else none.
Result<LocalRule> asked_rule(Context& call, Code place, const json::Value& asked) {
  return call.read([&](db::Tx& tx) -> Result<LocalRule> {
    const places::Place found = TRY(places::find(tx, place));
    Community community{.parent = found.code};
    const auto standards = standards_at(tx, call.services(), community, call.today());
    const std::string standard = asked.text("standard");
    for (const pack::Standard* one : standards) {
      if (standard == one->key) return rule_of(*one);
    }
    if (!standard.empty()) return refuse(ErrorKind::not_found, "standard.unknown", standard);
    if (asked.find("most") != nullptr || asked.flag("by_groups")) {
      return own_rule(asked.number("least"), asked.number("most"), asked.flag("by_groups"));
    }
    if (!standards.empty()) return rule_of(*standards.front());
    return LocalRule{.most = kNoLimit};
  });
}

Result<Response> answer(Context& call, Scene scene, bool is_new = false) {
  const View shown = TRY(call.read([&](db::Tx& tx) -> Result<View> {
    return view(tx, call.services(), std::move(scene), call.today());
  }));
  const auto body = [&](json::Writer& out) { write(out, shown, call.content()); };
  return is_new ? host::created(body) : host::ok(body);
}

// The draft, for somebody who may draw there.
Result<Draft> asked_draft(Context& call, std::string_view permission) {
  const Draft draft = TRY(call.read([&](db::Tx& tx) { return find(tx, call.path("id")); }));
  TRY(call.require(permission, draft.place));
  return draft;
}

Result<Response> get_division(Context& call, Surveyor& surveyor) {
  const Code place = TRY(Code::parse(call.path("place")));
  TRY(call.require(kDraw, place));
  const LocalRule rule = TRY(asked_rule(call, place, json::Object{}));
  return answer(call, TRY(surveyor.in_force(call.services(), place, rule)));
}

Result<Response> get_drafts(Context& call) {
  const Code place = TRY(call.query_place("place"));
  std::vector<Code> territories;
  for (const Code territory : TRY(call.require_somewhere(kDraw))) {
    if (territory.contains(place))
      territories.push_back(place);
    else if (place.contains(territory))
      territories.push_back(territory);
  }
  const int64_t limit = TRY(call.limit());
  std::vector<Value> after;
  if (!call.query("after").empty()) after = TRY(host::read_cursor(call.query("after")));
  auto page = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Draft>> {
    return drafts(tx, territories, call.query("ended") == "true", after, limit + 1);
  }));
  const bool more = std::ssize(page) > limit;
  if (more) page.pop_back();
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Draft& draft : page) write(out, draft);
    out.end_array().key("next");
    more ? out.value(host::write_cursor({page.back().village().padded(), page.back().id}))
         : out.null();
    out.end_object();
  });
}

Result<Response> post_draft(Context& call, Surveyor& surveyor) {
  const Code place = TRY(Code::parse(call.path("place")));
  TRY(call.require(kDraw, place));
  const json::Value* asked = call.body().find("rule");
  const LocalRule rule = TRY(asked_rule(call, place, asked == nullptr ? json::Object{} : *asked));
  Scene scene = TRY(surveyor.in_force(call.services(), place, rule));
  if (scene.community.houses.empty()) return refuse(ErrorKind::conflict, "grids.no_households");
  scene.draft = TRY(call.transact([&](db::Tx& tx) -> Result<Draft> {
    return keep(tx, call.actor(), scene, call.body().text("id"), call.now());
  }));
  scene.division = division_of(scene.community, scene.draft.grid_of);
  return answer(call, std::move(scene), true);
}

Result<Response> get_draft(Context& call, Surveyor& surveyor) {
  const Draft draft = TRY(asked_draft(call, kDraw));
  return answer(call, TRY(surveyor.scene(call.services(), draft.id)));
}

// After a change of the draft: as it is now.
Result<Response> again(Context& call, Scene scene, Draft draft) {
  scene.draft = std::move(draft);
  scene.division = complete(scene.community, scene.ground, scene.draft.grid_of);
  return answer(call, std::move(scene));
}

Result<Response> post_step(Context& call, Surveyor& surveyor) {
  const Draft draft = TRY(asked_draft(call, kDraw));
  const json::Value& body = call.body();
  Command command{.what = TRY(what_named(body.text("what"))), .name = body.text("name")};
  command.to = static_cast<int32_t>(body.integer("to", kNone));
  command.grid = static_cast<int32_t>(body.integer("grid", kNone));
  if (const json::Value* houses = body.find("houses"); houses && !houses->is_null()) {
    for (const json::Value& house : houses->as_array()) {
      command.houses.push_back(house.as_string());
    }
  }
  if (draft.state != DraftState::draft) return refuse(ErrorKind::conflict, "grids.draft_ended");
  Scene scene = TRY(surveyor.scene(call.services(), draft.id));
  if (scene.draft.version != body.integer("version")) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  const Outcome outcome = TRY(decide(scene, command, {}));
  Draft saved = TRY(call.transact([&](db::Tx& tx) {
    return save_step(tx, call.actor(), scene, command, outcome, call.now());
  }));
  return again(call, std::move(scene), std::move(saved));
}

Result<Response> post_undo(Context& call, Surveyor& surveyor) {
  const Draft draft = TRY(asked_draft(call, kDraw));
  TRY(call.transact(
      [&](db::Tx& tx) { return undo(tx, draft.id, call.body().integer("version"), call.now()); }));
  return answer(call, TRY(surveyor.scene(call.services(), draft.id)));
}

Result<Response> post_discard(Context& call) {
  const Draft draft = TRY(asked_draft(call, kDraw));
  TRY(call.transact([&](db::Tx& tx) {
    return discard(tx, draft.id, call.body().integer("version"), call.now());
  }));
  return host::no_content();
}

Result<Response> post_apply(Context& call, Surveyor& surveyor) {
  const Draft draft = TRY(asked_draft(call, kApply));
  const Applying wanted{call.body().integer("version"), call.body().text("reason"),
                        call.body().flag("accept_sizes")};
  TRY(call.transact([&](db::Tx& tx) {
    return apply(tx, call.services(), surveyor, call.actor(), draft.id, wanted, call.now());
  }));
  return answer(call, TRY(surveyor.scene(call.services(), draft.id)));
}

Result<Response> post_drawing(Context& call) {
  const Code place = TRY(Code::parse(call.path("place")));
  TRY(call.require(kDraw, place));
  if (place.level() != region::Level::township) {
    return refuse(ErrorKind::invalid, "grids.not_a_township");
  }
  TRY(call.read([&](db::Tx& tx) { return places::require_active(tx, place); }));
  const json::Value* rule = call.body().find("rule");
  if (rule != nullptr && !rule->is_null()) {
    TRY(own_rule(rule->number("least"), rule->number("most"), rule->flag("by_groups")));
  }
  return host::accepted(TRY(host::ask(call, kDrawing, place, call.body(), 1)));
}

std::vector<host::Route> routes(const std::shared_ptr<Surveyor>& surveyor) {
  const auto with = [surveyor](Result<Response> (*handle)(Context&, Surveyor&)) {
    return [surveyor, handle](Context& call) { return handle(call, *surveyor); };
  };
  const shape::Shape rule = shape::object({shape::optional("standard", shape::text()),
                                           shape::optional("least", shape::integer(0, 100'000)),
                                           shape::optional("most", shape::integer(1, 100'000)),
                                           shape::optional("by_groups", shape::boolean())},
                                          "GridRuleAsked");
  const shape::Field version = shape::required("version", shape::integer());
  const std::vector<std::string> of_place = {"place.bad_code", "place.not_found",
                                             "place.not_active", "place.no_grids_here"};
  const std::vector<std::string> of_draft = {"grids.draft_not_found", "grids.draft_ended",
                                             "record.changed_meanwhile"};
  const auto also = [](std::vector<std::string> codes, const std::vector<std::string>& more) {
    codes.insert(codes.end(), more.begin(), more.end());
    return codes;
  };
  return {
      {.method = "GET",
       .path = "/api/v1/places/{place}/division",
       .permission = std::string(kDraw),
       .handle = with(get_division),
       .summary =
           "The grids in force below a community (micro-grids below a grid), with every house, "
           "its households and what is wrong",
       .output = division_shape(),
       .errors = of_place},
      {.method = "POST",
       .path = "/api/v1/places/{place}/division/drafts",
       .permission = std::string(kDraw),
       .handle = with(post_draft),
       .summary = "Begin a draft of another division, from the one in force",
       .input = shape::object({shape::optional("id", shape::id()), shape::optional("rule", rule)}),
       .output = division_shape(),
       .errors = also(of_place, {"grids.no_households", "grids.wrong_rule", "standard.unknown"})},
      {.method = "POST",
       .path = "/api/v1/places/{place}/division/drawing",
       .permission = std::string(kDraw),
       .handle = post_drawing,
       .summary = "Draw all communities of a township, each as a draft: a computation. Plans' own "
                  "sizes come first; the rule is for communities where none holds",
       .input = shape::object({shape::optional("rule", rule)}),
       .output = host::computation_shape(),
       .errors = {"place.bad_code", "place.not_found", "place.not_active", "grids.not_a_township",
                  "grids.wrong_rule", "computation.too_many"}},
      {.method = "GET",
       .path = "/api/v1/grid-drafts",
       .permission = std::string(kDraw),
       .handle = get_drafts,
       .summary = "Drafts under a place; with ended=true also those applied or discarded",
       .query = {shape::optional("place", shape::place()), shape::optional("limit", shape::text()),
                 shape::optional("after", shape::text()),
                 shape::optional("ended", shape::choice({"true", "false"}))},
       .output = shape::page(draft_shape()),
       .errors = {"page.bad_cursor"}},
      {.method = "GET",
       .path = "/api/v1/grid-drafts/{id}",
       .permission = std::string(kDraw),
       .handle = with(get_draft),
       .summary = "A draft with every house, beside the division in force",
       .output = division_shape(),
       .errors = {"grids.draft_not_found"}},
      {.method = "POST",
       .path = "/api/v1/grid-drafts/{id}/steps",
       .permission = std::string(kDraw),
       .handle = with(post_step),
       .summary = "Move houses to another grid or a new one, join or part grids, draw them anew, "
                  "re-balance with least change, rename; every step is proven",
       .input = shape::object(
           {version,
            shape::required("what",
                            shape::choice({"move", "join", "part", "draw", "rebalance", "rename"})),
            shape::optional("houses", shape::array(shape::text(), 5000)),
            shape::optional("to", shape::integer(1, 100'000)),
            shape::optional("grid", shape::integer(1, 100'000)),
            shape::optional("name", shape::text(100))}),
       .output = division_shape(),
       .errors = also(of_draft,
                      {"grids.unknown_building", "grids.unknown_grid", "grids.would_be_cut",
                       "grids.nothing_changes", "grids.no_villagers_groups", "place.bad_name"})},
      {.method = "POST",
       .path = "/api/v1/grid-drafts/{id}/undo",
       .permission = std::string(kDraw),
       .handle = with(post_undo),
       .summary = "Take back the newest step",
       .input = shape::object({version}),
       .output = division_shape(),
       .errors = also(of_draft, {"grids.nothing_to_undo"})},
      {.method = "POST",
       .path = "/api/v1/grid-drafts/{id}/discard",
       .permission = std::string(kDraw),
       .handle = post_discard,
       .summary = "Give a draft up",
       .input = shape::object({version}),
       .errors = of_draft},
      {.method = "POST",
       .path = "/api/v1/grid-drafts/{id}/apply",
       .permission = std::string(kApply),
       .handle = with(post_apply),
       .summary =
           "Put a draft into force: grids with codes and outlines, and all that lies in them",
       .input = shape::object({version, shape::required("reason", shape::text(500)),
                               shape::optional("accept_sizes", shape::boolean())}),
       .output = division_shape(),
       .errors = also(of_draft, {"grids.not_proven", "grids.out_of_range", "grids.being_applied",
                                 "place.codes_used_up"})},
  };
}

}  // namespace

host::Module manifest(std::shared_ptr<circles::Circles> circles) {
  const auto surveyor = std::make_shared<Surveyor>(std::move(circles));
  return {
      .name = "grids",
      .about = "Grids of communities: drawn, re-balanced and edited as drafts, and put into force.",
      .permissions = {std::string(kDraw), std::string(kApply)},
      .migrations = migrations(),
      .routes = routes(surveyor),
      .jobs = {{.name = "grids.carry_on",
                .every_ms = 1000,
                .run = [surveyor](host::Services& services,
                                  time::Instant now) { carry_on(services, *surveyor, now); }}},
      .computations = {{.name = std::string(kDrawing),
                        .permission = std::string(kDraw),
                        .compute =
                            [surveyor](host::Services& services, host::Run& run) {
                              return draw_township(services, *surveyor, run);
                            }}},
  };
}

}  // namespace linli::grids
