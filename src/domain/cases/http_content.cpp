// What packs say about cases, and the units of a place.
#include "domain/cases/api.h"
#include "domain/cases/list.h"
#include "domain/cases/rules.h"
#include "domain/places/api.h"

namespace linli::cases {
namespace {

using region::Code;
using region::Level;

constexpr int64_t kMostUnder = 200;

void write_text(json::Writer& out, std::string_view name, const pack::Text& text) {
  out.key(name).begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void write_choices(json::Writer& out, const pack::ChoiceList* list) {
  out.begin_array();
  for (size_t i = 0; list && i < list->choices.size(); ++i) {
    const pack::Choice& choice = list->choices[i];
    out.begin_object();
    out.member("key", choice.key);
    write_text(out, "name", choice.name);
    if (choice.parent.empty())
      out.key("parent").null();
    else
      out.member("parent", choice.parent);
    out.key("attributes").begin_object();
    for (const auto& [name, value] : choice.attributes) out.member(name, value);
    out.end_object();
    out.end_object();
  }
  out.end_array();
}

void write_field(json::Writer& out, const pack::Field& field, const pack::Content& content) {
  out.begin_object();
  out.member("name", field.name);
  write_text(out, "label", field.label);
  write_text(out, "help", field.help);
  out.member("type", pack::name_of(field.type));
  out.member("required", field.required);
  out.member("max_length", field.max_length);
  out.member("maximum", field.maximum);
  out.key("when");
  field.when ? out.value(expr::to_json(*field.when)) : out.null();
  out.key("choices");
  field.list.empty() ? out.null() : (write_choices(out, content.list(field.list)), out);
  out.end_object();
}

void write_kind(json::Writer& out, const pack::CaseKind& kind, const pack::Content& content) {
  out.begin_object();
  out.member("key", kind.key);
  write_text(out, "name", kind.name);
  out.key("fields").begin_array();
  for (const pack::Field& field : kind.form) write_field(out, field, content);
  out.end_array();
  out.key("subjects");
  write_choices(out, content.list(kind.subject_list));
  out.key("stages").begin_array();
  for (const pack::Stage& stage : kind.stages) {
    out.begin_object();
    out.member("key", stage.key);
    write_text(out, "name", stage.name);
    write_text(out, "resident_name", stage.resident_name);
    out.member("by", stage.by);
    out.member("terminal", stage.terminal);
    out.key("actions").begin_array();
    for (const std::string& action : stage.actions) out.value(action);
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.member("reopen_days", kind.reopen_days);
  out.member("bad_rating_at_most", kind.bad_rating_at_most);
  out.end_object();
}

void write_unit(json::Writer& out, const std::string& unit, const std::string& name,
                std::string_view kind, Level level) {
  out.begin_object();
  out.member("unit", unit);
  out.member("name", name);
  out.member("kind", kind);
  out.member("level", region::name_of(level));
  out.end_object();
}

}  // namespace

Result<net::Response> get_kinds(host::Context& call) {
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const pack::CaseKind& kind : call.content().cases) write_kind(out, kind, call.content());
    out.end_array().key("next").null().end_object();
  });
}

// Places up to the county and the grids below, then the county's departments.
Result<net::Response> get_units(host::Context& call) {
  const Code place = TRY(call.query_place("place"));
  TRY(call.require("case.read", place));
  const auto units = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<places::Reference>> {
    TRY(places::find(tx, place));
    std::vector<places::Reference> all;
    for (const places::Place& child : places::children(tx, place, place, kMostUnder))
      if (place.level() >= Level::village) all.push_back({child.code, child.name});
    std::vector<Code> above;
    for (const Code code : place.chain())
      if (code.level() >= Level::county || code == place.at(Level::county)) above.push_back(code);
    for (const Code code : above)
      for (const places::Reference& known : places::names(tx, {code})) all.push_back(known);
    return all;
  }));
  const std::string language = language_of(call);
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const places::Reference& unit : units)
      write_unit(out, unit.code.text(), unit.name, "place", unit.code.level());
    if (const pack::ChoiceList* departments = call.content().list("department"))
      for (const pack::Choice& department : departments->choices)
        write_unit(out, department_unit(department.key, place), in(language, department.name),
                   "department", place.at(Level::county).level());
    out.end_array().key("next").null().end_object();
  });
}

}  // namespace linli::cases
