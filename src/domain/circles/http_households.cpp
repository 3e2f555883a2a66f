// Which households have no canteen, clinic or nursery in reach: for those who read their records.
#include <charconv>

#include "core/text.h"
#include "domain/circles/routes.h"
#include "domain/registers/api.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

Result<std::vector<std::string>> kinds_asked(const Context& call) {
  std::vector<std::string> kinds;
  if (call.query("kinds").empty()) return kinds;
  const pack::ChoiceList* known = call.content().list("facility_kind");
  for (const std::string& kind : text::split(call.query("kinds"), ',')) {
    if (known == nullptr || known->find(kind) == nullptr || kinds.size() == geo::kLanes) {
      return refuse_fields({{"/kinds", "field.not_a_choice", "facility_kind"}});
    }
    kinds.push_back(kind);
  }
  return kinds;
}

Result<std::optional<int>> minutes_asked(const Context& call) {
  const std::string_view text = call.query("minutes");
  if (text.empty()) return std::optional<int>();
  int minutes = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), minutes);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || minutes < 1 ||
      minutes > 120) {
    return refuse_fields({{"/minutes", "field.format", "a whole number from 1 to 120"}});
  }
  return std::optional<int>(minutes);
}

Result<Response> get_households(Context& call, Circles& circles) {
  Circles::HouseholdsAsked wanted;
  wanted.circle = call.path("circle");
  wanted.place = TRY(call.query_place("place"));
  TRY(call.require("register.household.read", wanted.place));
  wanted.kinds = TRY(kinds_asked(call));
  wanted.minutes = TRY(minutes_asked(call));
  wanted.limit = TRY(call.limit());
  if (const std::string_view cursor = call.query("after"); !cursor.empty()) {
    const std::vector<Value> after = TRY(host::read_cursor(cursor));
    const auto* village = after.size() == 2 ? std::get_if<int64_t>(&after[0]) : nullptr;
    const auto* id = after.size() == 2 ? std::get_if<std::string>(&after[1]) : nullptr;
    if (village == nullptr || id == nullptr) return refuse(ErrorKind::invalid, "page.bad_cursor");
    wanted.after_village = region::Code(*village);
    wanted.after = *id;
  }
  const std::vector<HouseholdGap> found =
      TRY(circles.households(call.services(), wanted, call.now()));
  const pack::Register& kind = *TRY(registers::register_named(call.content(), "household"));
  const pack::Field& title = *kind.field(kind.title);
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const HouseholdGap& one : found) {
      out.begin_object();
      out.member("id", one.id).member("place", one.place.text());
      const auto* name = std::get_if<std::string>(&one.name);
      out.key(title.name);
      const bool shown = name != nullptr && registers::shows(call.actor(), title, one.place);
      shown ? out.value(*name) : out.null();
      out.member("located", one.located).member("estimate", one.estimate);
      out.key("missing").begin_array();
      for (const std::string& need : one.missing) out.value(need);
      out.end_array().end_object();
    }
    out.end_array().key("next");
    if (std::ssize(found) == wanted.limit) {
      out.value(host::write_cursor({found.back().place.village().padded(), found.back().id}));
    } else {
      out.null();
    }
    out.end_object();
  });
}

}  // namespace

std::vector<host::Route> household_routes(const std::shared_ptr<Circles>& circles) {
  std::vector<std::string> errors = way_errors();
  errors.insert(errors.end(), {"circle.unknown", "circle.place_too_large", "page.bad_cursor"});
  return {
      {.method = "GET",
       .path = "/api/v1/circles/{circle}/households",
       .permission = "register.household.read",
       .handle = bound(get_households, circles),
       .summary = "Households of a township or less that have not every service in reach",
       .query = {shape::required("place", shape::place()),
                 shape::optional("kinds", shape::text(2000)),
                 shape::optional("minutes", shape::text(3)),
                 shape::optional("after", shape::text(400)),
                 shape::optional("limit", shape::text(4))},
       .output = shape::page(shape::open_object({}, "HouseholdGap")),
       .errors = errors},
  };
}

}  // namespace linli::circles
