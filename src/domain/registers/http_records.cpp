#include "domain/accounts/api.h"
#include "domain/registers/api.h"
#include "domain/registers/requests.h"
#include "domain/registers/routes.h"
#include "domain/registers/values.h"
#include "domain/registers/view.h"
#include "host/context.h"

namespace linli::registers {

namespace {

Result<net::Response> get_records(host::Context& call) {
  const Asked asked = TRY(registers::asked(call, "read"));
  const Wanted wanted = TRY(wanted_filter(call, asked));
  const Page page = TRY(wanted_page(call, *asked.kind));
  return call.read([&](db::Tx& tx) -> Result<net::Response> {
    const std::vector<store::Row> rows = store::list(tx, *asked.kind, wanted.filter, page);
    return host::ok([&](json::Writer& out) {
      out.begin_object().key("items");
      View(tx, call.services(), call.actor(), *asked.kind, call.today()).write_page(out, rows);
      out.key("next");
      if (static_cast<int64_t>(rows.size()) < page.limit) {
        out.null();
      } else {
        out.value(host::write_cursor(store::cursor(*asked.kind, page, rows.back())));
      }
      out.end_object();
    });
  });
}

net::Response answer(host::Context& call, db::Tx& tx, const pack::Register& kind,
                     const std::string& id, bool made) {
  const auto write = [&](json::Writer& out) {
    View(tx, call.services(), call.actor(), kind, call.today())
        .write_detail(out, *store::load(tx, kind, id));
  };
  return made ? host::created(write) : host::ok(write);
}

Result<net::Response> get_record(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  return call.read([&](db::Tx& tx) -> Result<net::Response> {
    return answer(call, tx, kind, TRY(readable(call, tx, kind)).id, false);
  });
}

std::vector<std::string> names_in(const json::Value& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values.as_object()) names.push_back(name);
  return names;
}

Result<net::Response> post_record(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const region::Code place = TRY(region::Code::parse(call.body().text("place")));
  TRY(call.require(permission(kind, "write"), place));
  const json::Value& values = *call.body().find("values");
  TRY(refuse_hidden(kind, call.actor(), {place}, names_in(values), false));
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const Record record = TRY(create(tx, call.services(), source_of(call.actor(), call.now()), kind,
                                     {call.body().text("id"), place, values}));
    return answer(call, tx, kind, record.id, true);
  });
}

Result<net::Response> patch_record(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  Edit edit{.version = call.body().integer("version"), .place = {}};
  if (!call.body().text("place").empty()) {
    edit.place = TRY(region::Code::parse(call.body().text("place")));
    TRY(call.require(permission(kind, "write"), *edit.place));
  }
  const json::Value* values = call.body().find("values");
  if (values != nullptr && values->is_object()) edit.values = *values;
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(readable(call, tx, kind));
    TRY(call.require(permission(kind, "write"), row.place));
    TRY(refuse_hidden(kind, call.actor(), {row.place}, names_in(edit.values), false));
    const Record record =
        TRY(change(tx, call.services(), source_of(call.actor(), call.now()), kind, row.id, edit));
    return answer(call, tx, kind, record.id, false);
  });
}

Result<net::Response> delete_record(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const json::Value version = json::parse(call.query("version")).value_or(json::Value(int64_t{-1}));
  if (!version.is_int()) return refuse_fields({{"/version", "field.type", "a whole number"}});
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(readable(call, tx, kind));
    TRY(call.require(permission(kind, "write"), row.place));
    TRY(remove(tx, call.services(), source_of(call.actor(), call.now()), kind, row.id,
               version.as_int()));
    return host::no_content();
  });
}

Result<net::Response> post_reveal(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const std::string name = call.body().text("field");
  const pack::Field* field = kind.field(name);
  if (field == nullptr) return refuse_fields({{"/field", "field.unknown", ""}});
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(readable(call, tx, kind));
    TRY(call.require(permission(kind, "reveal"), row.place));
    TRY(refuse_hidden(kind, call.actor(), {row.place}, {name}, false));
    const Layout layout(kind);
    const Record record = unseal(layout, call.services().keyring, row);
    const size_t at = static_cast<size_t>(field - kind.fields.data());
    accounts::audit(
        tx, call.services(), call.actor(), "register.revealed", row.id, row.place,
        json::Object{
            {"register", kind.key}, {"field", name}, {"reason", call.body().text("reason")}},
        call.now());
    return host::ok([&](json::Writer& out) {
      out.begin_object().key("value").value(to_wire(*field, record.values[at])).end_object();
    });
  });
}

Result<net::Response> get_find(host::Context& call) {
  const Asked asked = TRY(registers::asked(call, "read"));
  const pack::Register& kind = *asked.kind;
  const std::string name(call.query("field"));
  if (kind.field(name) == nullptr ||
      !(kind.field(name)->unique || is_sensitive(*kind.field(name)))) {
    return refuse_fields({{"/field", "field.not_a_choice", "a unique or sensitive field"}});
  }
  TRY(refuse_hidden(kind, call.actor(), asked.territories, {name}, false));
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    std::vector<store::Row> rows;
    for (const Record& record :
         find_exact(tx, call.services(), kind, name, call.query("value"), call.today())) {
      if (!host::may(call.actor(), permission(kind, "read"), record.place)) continue;
      rows.push_back(*store::load(tx, kind, record.id));
    }
    accounts::audit(
        tx, call.services(), call.actor(), "register.searched", kind.key, asked.territories.front(),
        json::Object{{"field", name}, {"found", static_cast<int64_t>(rows.size())}}, call.now());
    return host::ok([&](json::Writer& out) {
      out.begin_object().key("items");
      View(tx, call.services(), call.actor(), kind, call.today()).write_page(out, rows);
      out.key("next").null().end_object();
    });
  });
}

Result<net::Response> get_duplicates(host::Context& call) {
  const Asked asked = TRY(registers::asked(call, "read"));
  const int64_t limit = TRY(call.limit());
  return call.read([&](db::Tx& tx) -> Result<net::Response> {
    const std::vector<Duplicates> groups = duplicates(tx, *asked.kind, asked.territories, limit);
    return host::ok([&](json::Writer& out) {
      out.begin_object().key("items").begin_array();
      for (const Duplicates& group : groups) {
        std::vector<store::Row> rows;
        for (const Record& record : group.records) {
          rows.push_back(*store::load(tx, *asked.kind, record.id));
        }
        out.begin_object().key("records");
        View(tx, call.services(), call.actor(), *asked.kind, call.today()).write_page(out, rows);
        out.end_object();
      }
      out.end_array().key("next").null().end_object();
    });
  });
}

shape::Shape label_period_shape() {
  return shape::object(
      {shape::required("id", shape::id()), shape::required("label", shape::text()),
       shape::required("from", shape::date()), shape::optional("to", shape::date()),
       shape::required("evidence", shape::text()),
       shape::required("confirmed_by_name", shape::text()),
       shape::required("at", shape::instant())},
      "LabelPeriod");
}

}  // namespace

shape::Shape record_shape() {
  return shape::object(
      {shape::required("id", shape::id()), shape::required("place", shape::place()),
       shape::required("place_name", shape::text()), shape::required("version", shape::integer()),
       shape::required("values", shape::open_object()),
       shape::required("labels", shape::array(shape::text())),
       shape::required("titles", shape::open_object()),
       shape::required("updated_at", shape::instant())},
      "Record");
}

shape::Shape detail_shape() {
  shape::Shape detail = record_shape();
  detail.name = "RecordDetail";
  detail.fields.push_back(shape::required("created_at", shape::instant()));
  detail.fields.push_back(shape::required("derived", shape::open_object()));
  detail.fields.push_back(shape::required("label_periods", shape::array(label_period_shape())));
  detail.fields.push_back(shape::required("reveal", shape::open_object()));
  return detail;
}

namespace {

std::vector<shape::Field> list_fields() {
  std::vector<shape::Field> fields = filter_fields();
  for (const char* name : {"order", "limit", "after"}) {
    fields.push_back(shape::optional(name, shape::text(2000)));
  }
  return fields;
}

}  // namespace

std::vector<shape::Field> filter_fields() {
  return {shape::optional("place", shape::place()), shape::optional("q", shape::text(100)),
          shape::optional("where", shape::text(2000)), shape::optional("label", shape::text(64))};
}

std::vector<host::Route> record_routes() {
  const std::string one = "/api/v1/registers/{kind}/records/{id}";
  const std::vector<shape::Field> page = {shape::optional("place", shape::place()),
                                          shape::optional("limit", shape::text(4))};
  return {
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/records",
       .permission = "signed_in",
       .handle = get_records,
       .summary = "Records by place, words, expression or label; sensitive values masked",
       .query = list_fields(),
       .output = shape::page(record_shape()),
       .errors = {"register.not_found", "expression.invalid", "label.unknown", "list.bad_order"}},
      {.method = "POST",
       .path = "/api/v1/registers/{kind}/records",
       .permission = "signed_in",
       .handle = post_record,
       .summary = "Add a record; the same id and content again is the same answer",
       .input = shape::object({shape::optional("id", shape::id()),
                               shape::required("place", shape::place()),
                               shape::required("values", shape::open_object())}),
       .output = detail_shape(),
       .errors = {"register.not_found", "place.not_found", "place.not_active", "record.exists"}},
      {.method = "GET",
       .path = one,
       .permission = "signed_in",
       .handle = get_record,
       .summary = "One record with derived values and label periods",
       .output = detail_shape(),
       .errors = {"register.not_found", "record.not_found"}},
      {.method = "PATCH",
       .path = one,
       .permission = "signed_in",
       .handle = patch_record,
       .summary = "Change fields of a record, or move it to another place",
       .input = shape::object({shape::required("version", shape::integer()),
                               shape::optional("place", shape::place()),
                               shape::optional("values", shape::open_object())}),
       .output = detail_shape(),
       .errors = {"record.not_found", "record.changed_meanwhile", "place.not_active"}},
      {.method = "DELETE",
       .path = one,
       .permission = "signed_in",
       .handle = delete_record,
       .summary = "Delete a record that no other refers to",
       .query = {shape::required("version", shape::text(20))},
       .errors = {"record.not_found", "record.changed_meanwhile", "record.referenced"}},
      {.method = "POST",
       .path = one + "/reveal",
       .permission = "signed_in",
       .handle = post_reveal,
       .summary = "Read one sensitive value in the clear; kept in the audit trail",
       .input = shape::object({shape::required("field", shape::text(64)),
                               shape::required("reason", shape::text(200))}),
       .output = shape::object({shape::optional("value", shape::any())}),
       .errors = {"record.not_found"}},
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/find",
       .permission = "signed_in",
       .handle = get_find,
       .summary =
           "Records by the exact value of a unique or sensitive field; kept in the audit trail",
       .query = {shape::required("field", shape::text(64)),
                 shape::required("value", shape::text(200)),
                 shape::optional("place", shape::place())},
       .output = shape::page(record_shape()),
       .errors = {"register.not_found"}},
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/duplicates",
       .permission = "signed_in",
       .handle = get_duplicates,
       .summary = "Groups of records that are probably one",
       .query = page,
       .output =
           shape::page(shape::object({shape::required("records", shape::array(record_shape()))})),
       .errors = {"register.not_found"}},
  };
}

}  // namespace linli::registers
