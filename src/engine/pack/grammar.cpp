#include "engine/pack/grammar.h"

#include <algorithm>

#include "engine/pack/types.h"

namespace linli::pack {
namespace {

using shape::array;
using shape::boolean;
using shape::choice;
using shape::date;
using shape::integer;
using shape::number;
using shape::object;
using shape::open_object;
using shape::optional;
using shape::required;
using shape::Shape;
using Fields = std::vector<shape::Field>;

constexpr int64_t kLongText = 2000;

Shape key() {
  return shape::text(80);
}
Shape keys() {
  return array(key());
}
Shape word() {
  return shape::text(200);
}
Shape named(std::string name, Shape shape) {
  shape.name = std::move(name);
  return shape;
}

Shape text() {
  return object({required("zh", shape::text(kLongText)), required("en", shape::text(kLongText))},
                "text");
}

Shape expression() {
  Shape shape = shape::text(4096);
  shape.description = "An expression: docs/formats/expressions.md.";
  return named("expression", shape);
}

// name, description, capabilities and source stand in most definitions.
Shape definition(const std::string& family, Shape own_key, Fields fields) {
  Fields all = {required(family, std::move(own_key)), required("name", text()),
                optional("description", text()), optional("capabilities", keys()),
                optional("source", open_object())};
  all.insert(all.end(), fields.begin(), fields.end());
  return object(std::move(all), family);
}

Shape field() {
  std::vector<std::string> types;
  for (int i = 0; i <= static_cast<int>(FieldType::url); ++i) {
    types.emplace_back(name_of(static_cast<FieldType>(i)));
  }
  return object(
      {required("type", choice(types)), required("label", text()), optional("help", text()),
       optional("required", boolean()), optional("unique", boolean()),
       optional("listed", boolean()), optional("search", array(choice({"text", "pinyin"}))),
       optional("sensitive", choice({"contact", "identity"})), optional("list", key()),
       optional("to", key()), optional("from", key()), optional("minimum", number(-1e15, 1e15)),
       optional("maximum", number(-1e15, 1e15)), optional("max_length", integer(1, 100'000)),
       optional("unit", word()), optional("when", expression()), optional("see", keys())},
      "field");
}

Shape label() {
  return object({required("name", text()), optional("evidence", choice({"required"})),
                 optional("see", keys())},
                "label");
}

Shape derived() {
  return object({required("label", text()), required("value", expression())}, "derived");
}

Family list_family() {
  const Shape item = object({required("key", key()), required("name", text()),
                             optional("parent", key()), optional("attributes", open_object())},
                            "choice");
  return {"list", definition("list", key(), {required("choices", array(item, 5000))})};
}

Family register_family() {
  return {
      "register",
      definition("register", key(),
                 {required("title", key()), optional("symbol", key()),
                  optional("computed_by", choice({"circles"})), required("fields", open_object()),
                  optional("labels", open_object()), optional("derived", open_object())}),
      {{"fields", field()}, {"labels", label()}, {"derived", derived()}}};
}

Family case_family() {
  const Shape route = object(
      {optional("when", expression()),
       required("to", choice({"grid", "village", "township", "county", "department", "duty_room"})),
       optional("unit", key())},
      "route");
  const Shape stage =
      object({required("key", key()), required("name", text()), optional("resident_name", text()),
              optional("within", word()),
              optional("by", choice({"receiver", "assignee", "reporter", "reviewer", "lead"})),
              optional("terminal", boolean()), optional("actions", keys())},
             "stage");
  const Shape duplicates = object(
      {required("radius_m", integer(1, 50'000)), required("days", integer(1, 3660))}, "duplicates");
  return {"case",
          definition("case", key(),
                     {required("form", open_object()), required("routes", array(route)),
                      required("stages", array(stage)), optional("remind", array(integer(1, 100))),
                      optional("escalate_on_breach", boolean()), optional("duplicates", duplicates),
                      optional("reopen_days", integer(0, 3660)),
                      optional("bad_rating_at_most", integer(0, 4))}),
          {{"form", field()}}};
}

Family indicator_family() {
  const Shape comparator =
      choice({"at_least", "more_than", "at_most", "less_than", "equal", "between"});
  const Shape baseline = object(
      {required("year", integer(1949, 2100)), optional("value", number()),
       optional("comparator", comparator), required("printed", word()), optional("note", text())},
      "baseline");
  const Shape target = object(
      {required("year", integer(1949, 2100)), optional("due", date()),
       optional("repeat", choice({"yearly", "monthly", "always"})),
       required("comparator", comparator), required("value", number()), optional("upper", number()),
       optional("qualifier", choice({"strive", "basically", "about", "full_coverage"})),
       required("printed", word()), optional("note", text())},
      "target");
  const Shape milestone =
      object({required("due", date()), required("value", number())}, "milestone");
  const Shape limits = object(
      {optional("minimum", number()), optional("maximum", number()), optional("change", number(0))},
      "limits");
  return {"indicator",
          definition("indicator", key(),
                     {required("plan", key()),
                      required("number", key()),
                      optional("main", boolean()),
                      required("unit", word()),
                      required("better", choice({"higher", "lower"})),
                      required("attribute", choice({"binding", "anticipatory", "none"})),
                      required("value_source",
                               choice({"computed", "partly_delivered", "reported", "rule"})),
                      optional("value", expression()),
                      optional("scope", text()),
                      optional("numerator", text()),
                      optional("denominator", text()),
                      optional("baseline", array(baseline)),
                      optional("target", array(target)),
                      optional("result", array(baseline)),
                      optional("note", text()),
                      optional("pace", choice({"linear", "seasonal", "path"})),
                      optional("path", array(milestone)),
                      optional("every", choice({"month", "quarter", "half_year", "year"})),
                      optional("limits", limits),
                      optional("decimals", integer(0, 6))}),
          {},
          true};
}

Family standard_family() {
  return {
      "standard",
      definition(
          "standard", key(),
          {required("plan", key()), required("of", key()), optional("when", expression()),
           required("value", expression()), optional("minimum", expression()),
           optional("maximum", expression()), required("unit", word()), required("limit", number()),
           required("printed", word()), optional("per", text()), optional("valid_from", date()),
           optional("valid_to", date()), optional("note", text())}),
      {},
      true};
}

Family circle_family() {
  const Shape minutes =
      object({optional("urban", integer(1, 120)), optional("rural", integer(1, 120))}, "minutes");
  const Shape need = object(
      {optional("name", text()), optional("kinds", keys()), optional("minimum", integer(1, 20)),
       optional("minutes", minutes), optional("room_for", key())},
      "circle_need");
  return {
      "circle",
      definition("circle", key(),
                 {required("plan", key()), required("mode", key()), required("minutes", minutes),
                  optional("needs", open_object()), optional("groups", keys()),
                  optional("profiles", open_object()), optional("note", text())}),
      {{"needs", need}, {"profiles", key()}},
      true};
}

std::vector<Family> all_families() {
  return {
      {"pack",
       definition("pack", key(),
                  {required("version", word()), required("languages", array(choice({"zh", "en"}))),
                   required("needs", keys())})},
      {"plan",
       definition("plan", key(),
                  {required("document", word()), required("status", choice({"issued", "draft"})),
                   optional("issued", date()), optional("follows", key()),
                   required("years", array(integer(1949, 2100), 2)),
                   required("territory", shape::place())})},
      list_family(),
      register_family(),
      case_family(),
      {"role",
       definition("role", key(),
                  {required("levels", array(choice({"nation", "province", "city", "county",
                                                    "township", "village", "grid", "micro_grid"}))),
                   required("permissions", keys())})},
      {"calendar",
       object({required("calendar", integer(1949, 2100)), optional("source", open_object()),
               required("holidays", array(date())), required("workdays", array(date()))},
              "calendar"),
       {},
       true},
      {"working_hours", object({required("working_hours", key()), required("spans", array(word()))},
                               "working_hours")},
      {"statistic", definition("statistic", key(), {required("unit", word())})},
      {"measure",
       definition("measure", key(),
                  {required("value", expression()), required("unit", word()),
                   optional("by", keys()), optional("public_from", integer(1, 1'000'000))})},
      indicator_family(),
      standard_family(),
      {"check", definition("check", key(),
                           {required("severity", choice({"error", "warning", "notice"})),
                            required("of", expression()), required("wrong", expression()),
                            required("remedy", text())})},
      {"evaluation",
       definition("evaluation", key(),
                  {required("plan", key()),
                   required("kind", choice({"yearly", "mid_term", "final", "special"})),
                   required("on", date()),
                   optional("weights", array(object({required("indicator", key()),
                                                     required("weight", number(0, 1000))},
                                                    "weight")))}),
       {},
       true},
      {"resident_group", definition("resident_group", key(), {required("value", expression())})},
      circle_family(),
      {"colocation",
       definition("colocation", key(),
                  {required("plan", key()), required("kinds", keys()), required("beside", keys()),
                   required("metres", number(0, 5000)), optional("note", text())}),
       {},
       true},
      {"texts", open_object({required("texts", choice({"zh", "en"}))}, "texts")},
  };
}

}  // namespace

const std::vector<Family>& families() {
  static const std::vector<Family> all = all_families();
  return all;
}

const Family* family(std::string_view name) {
  const auto found = std::find_if(families().begin(), families().end(),
                                  [&](const Family& family) { return family.name == name; });
  return found == families().end() ? nullptr : &*found;
}

}  // namespace linli::pack
