#include "domain/places/api.h"
#include "domain/places/module.h"
#include "domain/places/store.h"
#include "domain/places/wire.h"
#include "host/context.h"

namespace linli::places {

std::vector<db::Migration> migrations();
std::vector<host::Route> map_routes();

Result<Code> asked_place(const host::Context& call) {
  const std::string& text = call.path("code");
  return text == "-" ? Result<Code>(Code()) : Code::parse(text);
}

namespace {

using host::Context;
using net::Response;

constexpr int64_t kMostSuggestions = 50;

struct Shown {
  Place place;
  std::vector<Reference> above;
};

Result<Shown> show(db::Tx& tx, Result<Place> place) {
  Place found = TRY(std::move(place));
  std::vector<Reference> above = ancestors(tx, found.code);
  return Shown{std::move(found), std::move(above)};
}

Response answer(const Shown& shown) {
  return host::ok([&](json::Writer& out) { write(out, shown.place, shown.above); });
}

Result<Response> get_place(Context& call) {
  const Code code = TRY(asked_place(call));
  return answer(TRY(call.read([&](db::Tx& tx) { return show(tx, find(tx, code)); })));
}

Result<Response> get_children(Context& call) {
  const Code parent = TRY(asked_place(call));
  const int64_t limit = TRY(call.limit());
  Code after = parent;
  if (!call.query("after").empty()) {
    const std::vector<Value> cursor = TRY(host::read_cursor(call.query("after")));
    if (cursor.size() != 1 || !std::holds_alternative<int64_t>(cursor[0])) {
      return refuse(ErrorKind::invalid, "page.bad_cursor");
    }
    after = Code(std::get<int64_t>(cursor[0]));
  }
  const bool ended = call.query("ended") == "true";
  auto page = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Place>> {
    return children(tx, parent, after, limit + 1, ended);
  }));
  const bool more = std::ssize(page) > limit;
  if (more) page.pop_back();
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Place& place : page) write_summary(out, place);
    out.end_array().key("next");
    more ? out.value(host::write_cursor({page.back().code.padded()})) : out.null();
    out.end_object();
  });
}

Result<Response> get_search(Context& call) {
  Search asked{.text = call.query("q"), .under = TRY(call.query_place("under"))};
  if (!call.query("level").empty()) asked.level = TRY(region::level_named(call.query("level")));
  if (!call.query("limit").empty()) asked.limit = std::min(TRY(call.limit()), kMostSuggestions);
  const auto hits =
      TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Hit>> { return search(tx, asked); }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Hit& hit : hits) write(out, hit);
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> get_history(Context& call) {
  const Code code = TRY(asked_place(call));
  TRY(call.require("place.read", code));
  const auto items = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<HistoryItem>> {
    TRY(find(tx, code));
    return history(tx, code);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const HistoryItem& item : items) write(out, item);
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> post_grid(Context& call) {
  const Code parent = TRY(asked_place(call));
  TRY(call.require("place.write", parent));
  const Level needed = call.body().flag("micro") ? Level::grid : Level::village;
  if (parent.level() != needed) return refuse(ErrorKind::invalid, "place.no_grids_here");
  const Shown shown = TRY(call.transact([&](db::Tx& tx) {
    return show(tx, add_grid(tx, call.services(), by(call.actor(), call.now()), parent,
                             call.body().text("name")));
  }));
  return host::created([&](json::Writer& out) { write(out, shown.place, shown.above); });
}

// The keys of the list community_type, checked against the content.
Result<std::vector<std::string>> read_types(const Context& call, const json::Value& types) {
  const pack::ChoiceList* list = call.content().list("community_type");
  std::vector<std::string> keys;
  std::vector<FieldError> wrong;
  for (const json::Value& type : types.as_array()) {
    if (list == nullptr || list->find(type.as_string()) == nullptr) {
      wrong.push_back({"/community_types/" + std::to_string(keys.size()), "field.not_a_choice",
                       "a key of the list community_type"});
    }
    keys.push_back(type.as_string());
  }
  if (!wrong.empty()) return refuse_fields(std::move(wrong));
  return keys;
}

Result<Response> patch_place(Context& call) {
  const Code code = TRY(asked_place(call));
  TRY(call.require("place.write", code));
  const json::Value& body = call.body();
  Edit edit;
  if (const json::Value* name = body.find("name"); name && !name->is_null()) {
    edit.name = name->as_string();
  }
  if (const json::Value* urban = body.find("urban"); urban && !urban->is_null()) {
    edit.urban = urban->as_bool();
  }
  if (const json::Value* types = body.find("community_types"); types && !types->is_null()) {
    edit.community_types = TRY(read_types(call, *types));
  }
  return answer(TRY(call.transact([&](db::Tx& tx) {
    return show(tx, change(tx, call.services(), by(call.actor(), call.now()), code,
                           body.integer("version"), edit));
  })));
}

Result<std::vector<Code>> read_codes(const json::Value& body, std::string_view name) {
  std::vector<Code> codes;
  const json::Value* list = body.find(name);
  if (list == nullptr || list->is_null()) return codes;
  for (const json::Value& code : list->as_array()) {
    codes.push_back(TRY(Code::parse(code.as_string())));
  }
  return codes;
}

Result<Response> post_close(Context& call) {
  const Code code = TRY(asked_place(call));
  TRY(call.require("place.write", code));
  const time::Date on = TRY(time::parse_date(call.body().text("on")));
  const std::string reason = call.body().text("reason");
  const std::vector<Code> into = TRY(read_codes(call.body(), "merged_into"));
  return answer(TRY(call.transact([&](db::Tx& tx) {
    const By who = by(call.actor(), call.now());
    return show(tx, into.empty() ? close(tx, call.services(), who, code, on, reason)
                                 : merge(tx, call.services(), who, code, on, reason, into));
  })));
}

Result<Response> post_split(Context& call) {
  const Code code = TRY(asked_place(call));
  TRY(call.require("place.write", code));
  const time::Date on = TRY(time::parse_date(call.body().text("on")));
  const std::string reason = call.body().text("reason");
  const std::vector<Code> into = TRY(read_codes(call.body(), "into"));
  return answer(TRY(call.transact([&](db::Tx& tx) {
    return show(tx,
                split(tx, call.services(), by(call.actor(), call.now()), code, on, reason, into));
  })));
}

std::vector<host::Route> routes() {
  const shape::Field on = shape::required("on", shape::date());
  const shape::Field reason = shape::required("reason", shape::text(500));
  const std::vector<std::string> ending = {
      "place.not_found",         "place.not_active",           "place.level_differs",
      "place.successor_missing", "place.successor_not_active", "place.successor_itself"};
  return {
      {.method = "GET",
       .path = "/api/v1/places/search",
       .permission = "public",
       .handle = get_search,
       .summary = "Find places by Chinese name, pinyin or initials",
       .query = {shape::required("q", shape::text()), shape::optional("under", shape::place()),
                 shape::optional("level", shape::text()), shape::optional("limit", shape::text())},
       .output = shape::page(hit_shape()),
       .errors = {"place.bad_level"}},
      {.method = "GET",
       .path = "/api/v1/places/{code}",
       .permission = "public",
       .handle = get_place,
       .summary = "A place with its ancestors; - is the nation",
       .output = place_shape(),
       .errors = {"place.not_found", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/places/{code}/children",
       .permission = "public",
       .handle = get_children,
       .summary = "The places right below, by code",
       .query = {shape::optional("limit", shape::text()), shape::optional("after", shape::text()),
                 shape::optional("ended", shape::choice({"true", "false"}))},
       .output = shape::page(summary_shape()),
       .errors = {"place.bad_code", "page.bad_cursor"}},
      {.method = "GET",
       .path = "/api/v1/places/{code}/history",
       .permission = "place.read",
       .handle = get_history,
       .summary = "What happened to a place, newest first",
       .output = shape::page(history_shape()),
       .errors = {"place.not_found"}},
      {.method = "POST",
       .path = "/api/v1/places/{code}/grids",
       .permission = "place.write",
       .handle = post_grid,
       .summary = "Add a grid to a village, or a micro-grid to a grid",
       .input = shape::object(
           {shape::required("name", shape::text(100)), shape::optional("micro", shape::boolean())}),
       .output = place_shape(),
       .errors = {"place.not_found", "place.not_active", "place.no_grids_here",
                  "place.codes_used_up", "place.bad_name"}},
      {.method = "PATCH",
       .path = "/api/v1/places/{code}",
       .permission = "place.write",
       .handle = patch_place,
       .summary = "Change a place's name or attributes",
       .input = shape::object(
           {shape::required("version", shape::integer()), shape::optional("name", shape::text(100)),
            shape::optional("urban", shape::boolean()),
            shape::optional("community_types", shape::array(shape::text(), 20))}),
       .output = place_shape(),
       .errors = {"place.not_found", "place.not_active", "place.bad_name",
                  "record.changed_meanwhile"}},
      {.method = "POST",
       .path = "/api/v1/places/{code}/close",
       .permission = "place.write",
       .handle = post_close,
       .summary = "End a place, alone or merged into others",
       .input = shape::object(
           {on, reason, shape::optional("merged_into", shape::array(shape::place(), 20))}),
       .output = place_shape(),
       .errors = ending},
      {.method = "POST",
       .path = "/api/v1/places/{code}/split",
       .permission = "place.write",
       .handle = post_split,
       .summary = "Divide a place among others",
       .input =
           shape::object({on, reason, shape::required("into", shape::array(shape::place(), 20))}),
       .output = place_shape(),
       .errors = ending},
  };
}

}  // namespace

host::Module manifest() {
  std::vector<host::Route> all = routes();
  for (host::Route& route : map_routes()) all.push_back(std::move(route));
  return {
      .name = "places",
      .about = "The tree of places, its search, its map and its history.",
      .permissions = {"place.read", "place.write"},
      .migrations = migrations(),
      .routes = std::move(all),
      .start =
          [](host::Services& services, time::Instant) {
            return services.database.transact([](db::Tx& tx) -> Done {
              store::prepare(tx);
              return {};
            });
          },
  };
}

}  // namespace linli::places
