#include "domain/plans/wire_duties.h"

#include <map>

#include "domain/places/api.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using shape::optional;
using shape::required;
using shape::Shape;

Code owed_to(const Task& task) {
  return task.handed_by;
}
Code owed_to(const ValueRequest& request) {
  return request.asked_by;
}

template <class Duty>
std::vector<Named<Duty>> with_names(db::Tx& tx, const std::vector<Duty>& all) {
  std::vector<Code> codes;
  for (const Duty& duty : all) {
    codes.push_back(duty.place);
    codes.push_back(owed_to(duty));
  }
  std::map<Code, std::string> names;
  for (const places::Reference& known : places::names(tx, codes)) names[known.code] = known.name;
  std::vector<Named<Duty>> named;
  for (const Duty& duty : all) {
    named.push_back({duty, names[duty.place], names[owed_to(duty)]});
  }
  return named;
}

void write_words(json::Writer& out, std::string_view key, const std::vector<std::string>& words) {
  out.key(key).begin_array();
  for (const std::string& word : words) out.value(word);
  out.end_array();
}

Shape ids() {
  return shape::array(shape::id(), 20);
}

}  // namespace

std::vector<Named<Task>> named(db::Tx& tx, const std::vector<Task>& all) {
  return with_names(tx, all);
}

std::vector<Named<ValueRequest>> named(db::Tx& tx, const std::vector<ValueRequest>& all) {
  return with_names(tx, all);
}

void write(json::Writer& out, const Named<Task>& named, time::Date today) {
  const Task& task = named.duty;
  out.begin_object()
      .member("id", task.id)
      .member("place", task.place.text())
      .member("place_name", named.place_name)
      .member("plan", task.plan)
      .member("year", task.year)
      .member("number", task.number)
      .member("name", task.name)
      .member("unit", task.unit)
      .member("indicator", task.indicator);
  write_date(out, "due", task.due);
  out.member("handed_by", task.handed_by.text())
      .member("handed_by_name", named.owed_to_name)
      .member("state", task.state)
      .member("percent", task.percent)
      .member("overdue", task.overdue(today))
      .member("version", task.version)
      .end_object();
}

void write(json::Writer& out, const TaskEntry& entry) {
  out.begin_object()
      .member("n", entry.n)
      .member("percent", entry.percent)
      .member("state", entry.state)
      .member("note", entry.note);
  write_words(out, "files", entry.files);
  out.member("actor_name", entry.actor_name).member("at", time::format(entry.at)).end_object();
}

void write(json::Writer& out, const EvidenceFile& file) {
  out.begin_object()
      .member("id", file.id)
      .member("place", file.place.text())
      .member("name", file.name)
      .member("kind", file.kind)
      .member("bytes", file.bytes)
      .member("sha256", file.sha256)
      .end_object();
}

void write(json::Writer& out, const Named<ValueRequest>& named, time::Date today) {
  const ValueRequest& request = named.duty;
  out.begin_object()
      .member("id", request.id)
      .member("place", request.place.text())
      .member("place_name", named.place_name)
      .member("plan", request.plan)
      .member("indicator", request.indicator)
      .member("period", request.period);
  write_date(out, "due", request.due);
  out.member("asked_by", request.asked_by.text())
      .member("asked_by_name", named.owed_to_name)
      .member("at_level", request.at_level.text())
      .member("state", request.state)
      .member("value", request.value)
      .member("missing", request.missing)
      .member("evidence", request.evidence);
  write_words(out, "files", request.files);
  write_words(out, "marks", request.marks);
  out.member("overdue", request.overdue(today)).member("version", request.version).end_object();
}

void write(json::Writer& out, const RequestStep& step) {
  out.begin_object()
      .member("what", step.what)
      .member("place", step.place.text())
      .member("value", step.value)
      .member("note", step.note)
      .member("actor_name", step.actor_name)
      .member("at", time::format(step.at))
      .end_object();
}

Shape task_shape() {
  return shape::object(
      {required("id", shape::id()), required("place", shape::place()),
       required("place_name", shape::text()), required("plan", shape::text()),
       required("year", shape::integer()), required("number", shape::text()),
       required("name", shape::text(500)), required("unit", shape::text()),
       required("indicator", shape::text()), required("due", shape::date()),
       required("handed_by", shape::place()), required("handed_by_name", shape::text()),
       required("state", shape::choice({"open", "done", "cancelled"})),
       required("percent", shape::integer()), required("overdue", shape::boolean()),
       required("version", shape::integer())},
      "Task");
}

Shape entry_shape() {
  return shape::object({required("n", shape::integer()), required("percent", shape::integer()),
                        required("state", shape::text()), required("note", shape::text(2000)),
                        required("files", ids()), required("actor_name", shape::text()),
                        required("at", shape::instant())},
                       "TaskEntry");
}

Shape file_shape() {
  return shape::object({required("id", shape::id()), required("place", shape::place()),
                        required("name", shape::text()), required("kind", shape::text()),
                        required("bytes", shape::integer()), required("sha256", shape::text())},
                       "EvidenceFile");
}

Shape request_shape() {
  return shape::object(
      {required("id", shape::id()), required("place", shape::place()),
       required("place_name", shape::text()), required("plan", shape::text()),
       required("indicator", shape::text()), required("period", shape::text()),
       required("due", shape::date()), required("asked_by", shape::place()),
       required("asked_by_name", shape::text()), required("at_level", shape::place()),
       required("state", shape::choice({"open", "submitted", "approved"})), number("value"),
       required("missing", shape::text(500)), required("evidence", shape::text(500)),
       required("files", ids()),
       required("marks", shape::array(shape::choice({"missing", "outlier", "late"}))),
       required("overdue", shape::boolean()), required("version", shape::integer())},
      "ValueRequest");
}

Shape step_shape() {
  return shape::object(
      {required("what", shape::choice({"asked", "submitted", "approved", "returned"})),
       required("place", shape::place()), number("value"), required("note", shape::text(500)),
       required("actor_name", shape::text()), required("at", shape::instant())},
      "RequestStep");
}

Result<std::optional<std::pair<Code, std::string>>> read_after(const host::Context& call) {
  using After = std::optional<std::pair<Code, std::string>>;
  if (call.query("after").empty()) return After();
  const std::vector<Value> last = TRY(host::read_cursor(call.query("after")));
  if (last.size() != 2 || !std::holds_alternative<int64_t>(last[0]) ||
      !std::holds_alternative<std::string>(last[1])) {
    return refuse(ErrorKind::invalid, "page.bad_cursor");
  }
  return After({Code(std::get<int64_t>(last[0])), std::get<std::string>(last[1])});
}

}  // namespace linli::plans
