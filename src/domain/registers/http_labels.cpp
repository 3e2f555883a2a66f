#include "domain/registers/api.h"
#include "domain/registers/requests.h"
#include "domain/registers/routes.h"
#include "domain/registers/view.h"
#include "host/context.h"

namespace linli::registers {

namespace {

// The actor may write the record and sees the label.
Result<store::Row> labelled_record(host::Context& call, db::Tx& tx, const pack::Register& kind,
                                   const std::string& label) {
  store::Row row = TRY(readable(call, tx, kind));
  TRY(call.require(permission(kind, "write"), row.place));
  if (kind.label(label) == nullptr) return refuse(ErrorKind::not_found, "label.unknown", label);
  TRY(refuse_hidden(kind, call.actor(), {row.place}, {label}, true));
  return row;
}

net::Response answer(host::Context& call, db::Tx& tx, const pack::Register& kind,
                     const std::string& id) {
  return host::ok([&](json::Writer& out) {
    View(tx, call.services(), call.actor(), kind, call.today())
        .write_detail(out, *store::load(tx, kind, id));
  });
}

Result<net::Response> post_label(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  LabelPeriod period;
  period.id = call.body().text("id");
  period.label = call.body().text("label");
  period.from = TRY(time::parse_date(call.body().text("from")));
  const std::string to = call.body().text("to");
  if (!to.empty()) period.to = TRY(time::parse_date(to));
  period.evidence = call.body().text("evidence");
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(labelled_record(call, tx, kind, period.label));
    TRY(add_label(tx, call.services(), source_of(call.actor(), call.now()), kind, row.id, period));
    return answer(call, tx, kind, row.id);
  });
}

Result<net::Response> delete_label(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const std::string_view on = call.query("on");
  const time::Date day = on.empty() ? call.today() : TRY(time::parse_date(on));
  return call.transact([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(labelled_record(call, tx, kind, call.path("label")));
    TRY(end_label(tx, call.services(), source_of(call.actor(), call.now()), kind, row.id,
                  call.path("label"), day));
    return answer(call, tx, kind, row.id);
  });
}

Result<net::Response> get_history(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const int64_t limit = TRY(call.limit());
  std::string before;
  if (!call.query("after").empty()) {
    const std::vector<Value> cursor = TRY(host::read_cursor(call.query("after")));
    if (cursor.size() != 1 || !std::holds_alternative<std::string>(cursor[0])) {
      return refuse(ErrorKind::invalid, "page.bad_cursor");
    }
    before = std::get<std::string>(cursor[0]);
  }
  return call.read([&](db::Tx& tx) -> Result<net::Response> {
    const store::Row row = TRY(readable(call, tx, kind));
    const std::vector<HistoryItem> items =
        store::history(tx, {kind.key, row.village(), row.id}, before, limit);
    View view(tx, call.services(), call.actor(), kind, call.today());
    return host::ok([&](json::Writer& out) {
      out.begin_object().key("items").begin_array();
      for (const HistoryItem& item : items) view.write_history(out, item, row.place);
      out.end_array().key("next");
      if (static_cast<int64_t>(items.size()) < limit) {
        out.null();
      } else {
        out.value(host::write_cursor({items.back().id}));
      }
      out.end_object();
    });
  });
}

shape::Shape history_shape() {
  return shape::object(
      {shape::required("id", shape::id()), shape::required("at", shape::instant()),
       shape::required("action", shape::text()),
       shape::required("actor", shape::object({shape::required("id", shape::text()),
                                               shape::required("name", shape::text())})),
       shape::required("source", shape::text()),
       shape::required("changes",
                       shape::array(shape::object({shape::required("field", shape::text()),
                                                   shape::optional("before", shape::any()),
                                                   shape::optional("after", shape::any())})))},
      "RecordHistoryItem");
}

}  // namespace

std::vector<host::Route> label_routes() {
  const std::string one = "/api/v1/registers/{kind}/records/{id}";
  return {
      {.method = "POST",
       .path = one + "/labels",
       .permission = "signed_in",
       .handle = post_label,
       .summary = "Give a record a label for a time",
       .input = shape::object(
           {shape::optional("id", shape::id()), shape::required("label", shape::text(64)),
            shape::required("from", shape::date()), shape::optional("to", shape::date()),
            shape::optional("evidence", shape::text(500))}),
       .output = detail_shape(),
       .errors = {"record.not_found", "label.unknown", "label.evidence_required",
                  "label.bad_period", "label.overlaps"}},
      {.method = "DELETE",
       .path = one + "/labels/{label}",
       .permission = "signed_in",
       .handle = delete_label,
       .summary = "End a label on a day",
       .query = {shape::optional("on", shape::date())},
       .output = detail_shape(),
       .errors = {"record.not_found", "label.unknown", "label.not_held"}},
      {.method = "GET",
       .path = one + "/history",
       .permission = "signed_in",
       .handle = get_history,
       .summary = "Who changed which field when and through which door, newest first",
       .query = {shape::optional("limit", shape::text(4)),
                 shape::optional("after", shape::text(2000))},
       .output = shape::page(history_shape()),
       .errors = {"record.not_found"}},
  };
}

}  // namespace linli::registers
