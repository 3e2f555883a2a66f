#include <array>

#include "domain/registers/api.h"
#include "domain/registers/bulk.h"
#include "domain/registers/imports.h"
#include "domain/registers/module.h"
#include "domain/registers/routes.h"
#include "domain/registers/view.h"
#include "host/context.h"

namespace linli::registers {

std::vector<db::Migration> migrations();

namespace {

constexpr std::array<std::string_view, 5> kVerbs = {"read", "write", "reveal", "import", "export"};

void write_text(json::Writer& out, const pack::Text& text) {
  out.begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void write_field(json::Writer& out, const pack::Register& kind, const pack::Field& field) {
  out.begin_object().member("name", field.name).key("label");
  write_text(out, field.label);
  out.key("help");
  write_text(out, field.help);
  out.member("type", pack::name_of(field.type)).member("required", field.required);
  out.member("list", field.list).member("to", field.to).member("from", field.from);
  out.member("unit", field.unit).member("listed", field.listed);
  out.member("sensitive", field.sensitive != pack::Sensitivity::open);
  out.member("sortable", is_sortable(kind, field)).member("minimum", field.minimum);
  out.member("maximum", field.maximum).member("max_length", field.max_length);
  out.key("when");
  if (field.when) {
    out.value(expr::to_json(*field.when));
  } else {
    out.null();
  }
  out.end_object();
}

void write_register(json::Writer& out, const host::Actor& actor, const pack::Register& kind) {
  const std::vector<region::Code> places = host::territories(actor, permission(kind, "read"));
  const auto shown = [&](const std::vector<std::string>& see) {
    for (const region::Code place : places) {
      if (sees(see, roles_at(actor, place))) return true;
    }
    return false;
  };
  out.begin_object().member("key", kind.key).key("name");
  write_text(out, kind.name);
  out.key("description");
  write_text(out, kind.description);
  out.member("title", kind.title).member("symbol", kind.symbol);
  out.key("may").begin_array();
  for (const std::string_view verb : kVerbs) {
    if (!kind.computed_by.empty() && (verb == "write" || verb == "import")) continue;
    if (!host::territories(actor, permission(kind, verb)).empty()) out.value(verb);
  }
  out.end_array().key("fields").begin_array();
  for (const pack::Field& field : kind.fields) {
    if (shown(field.see)) write_field(out, kind, field);
  }
  out.end_array().key("labels").begin_array();
  for (const pack::Label& label : kind.labels) {
    if (!shown(label.see)) continue;
    out.begin_object().member("key", label.key).key("name");
    write_text(out, label.name);
    out.member("evidence_required", label.evidence_required).end_object();
  }
  out.end_array().key("derived").begin_array();
  for (const pack::Derived& derived : kind.derived) {
    out.begin_object().member("name", derived.name).key("label");
    write_text(out, derived.label);
    out.end_object();
  }
  out.end_array().end_object();
}

Result<net::Response> get_registers(host::Context& call) {
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const pack::Register& kind : call.content().registers) {
      if (host::territories(call.actor(), permission(kind, "read")).empty()) continue;
      write_register(out, call.actor(), kind);
    }
    out.end_array().key("next").null().end_object();
  });
}

shape::Shape text_shape() {
  return shape::object({shape::required("zh", shape::text()), shape::required("en", shape::text())},
                       "Text");
}

shape::Shape register_shape() {
  const auto named = [](std::vector<shape::Field> more, std::string name) {
    more.insert(more.begin(), shape::required("label", text_shape()));
    more.insert(more.begin(), shape::required("name", shape::text()));
    return shape::object(std::move(more), std::move(name));
  };
  return shape::object(
      {shape::required("key", shape::text()), shape::required("name", text_shape()),
       shape::required("description", text_shape()), shape::required("title", shape::text()),
       shape::required("symbol", shape::text()),
       shape::required(
           "may", shape::array(shape::choice({"read", "write", "reveal", "import", "export"}))),
       shape::required(
           "fields",
           shape::array(named(
               {shape::required("help", text_shape()), shape::required("type", shape::text()),
                shape::required("required", shape::boolean()),
                shape::required("list", shape::text()), shape::required("to", shape::text()),
                shape::required("from", shape::text()), shape::required("unit", shape::text()),
                shape::required("listed", shape::boolean()),
                shape::required("sensitive", shape::boolean()),
                shape::required("sortable", shape::boolean()),
                shape::optional("minimum", shape::number()),
                shape::optional("maximum", shape::number()),
                shape::optional("max_length", shape::integer()),
                shape::optional("when", shape::any())},
               "RegisterField"))),
       shape::required("labels", shape::array(shape::object(
                                     {shape::required("key", shape::text()),
                                      shape::required("name", text_shape()),
                                      shape::required("evidence_required", shape::boolean())},
                                     "RegisterLabel"))),
       shape::required("derived", shape::array(named({}, "RegisterDerived")))},
      "Register");
}

std::vector<std::string> examine(host::Services& services) {
  std::vector<std::string> wrong;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    for (const pack::Register& kind : services.content->registers) {
      const auto made = store::made(tx, kind.key);
      const auto wanted = table_of(kind);
      // What is not made yet, the next start makes.
      if (!wanted || !evolve(kind.key, made, *wanted, false)) {
        wrong.push_back("the table of the register " + kind.key +
                        " is not what its pack declares: run `linli migrate`");
      }
    }
    return {};
  }));
  return wrong;
}

}  // namespace

host::Module manifest() {
  host::Module module{
      .name = "registers",
      .about = "Records of every kind that the packs declare.",
      .permissions = {"register.*"},
      .migrations = migrations(),
      .routes = {{.method = "GET",
                  .path = "/api/v1/registers",
                  .permission = "signed_in",
                  .handle = get_registers,
                  .summary = "The kinds of records that the actor may read, as packs declare them",
                  .output = shape::page(register_shape())}},
      .jobs = {{"registers.imports", 1'000, continue_imports},
               {"registers.exports", 3'600'000, remove_old_exports}},
      .observers = {{"registers.places", follow_place}},
      .records = all_records,
      .start = [](host::Services& services,
                  time::Instant now) { return prepare(services, now, false); },
      .examine = examine,
  };
  for (const auto& more : {record_routes(), label_routes(), file_routes()}) {
    module.routes.insert(module.routes.end(), more.begin(), more.end());
  }
  return module;
}

}  // namespace linli::registers
