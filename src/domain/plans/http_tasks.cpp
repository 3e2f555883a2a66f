// Yearly tasks, their ledger, and files of evidence.
#include "core/id.h"
#include "domain/accounts/api.h"
#include "domain/places/api.h"
#include "domain/plans/routes.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/tasks.h"
#include "domain/plans/wire_duties.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

std::vector<std::string> texts_in(const json::Value& body, std::string_view key) {
  std::vector<std::string> all;
  const json::Value* list = body.find(key);
  if (list == nullptr || !list->is_array()) return all;
  for (const json::Value& item : list->as_array()) all.push_back(item.as_string());
  return all;
}

void audit(Context& call, db::Tx& tx, std::string_view action, const Task& task) {
  accounts::audit(tx, call.services(), call.actor(), action, task.id, task.place,
                  json::Object{{"state", task.state}, {"percent", task.percent}}, call.now());
}

Result<Response> get_tasks(Context& call) {
  TaskFilter filter{.plan = std::string(call.query("plan")),
                    .under = TRY(readable_place(call, "place")),
                    .own = call.query("own") == "true",
                    .state = std::string(call.query("state"))};
  if (!call.query("year").empty()) filter.year = TRY(indicator::parse_year(call.query("year")));
  if (call.query("overdue") == "true") filter.overdue_on = call.today();
  const int64_t limit = TRY(call.limit());
  const auto after = TRY(read_after(call));
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Named<Task>>> {
    return named(tx, store::tasks(tx, filter, after, limit));
  }));
  return page_of(found, limit, [&](json::Writer& out, const Named<Task>& task) {
    write(out, task, call.today());
  });
}

Result<Response> post_task(Context& call) {
  const json::Value& body = call.body();
  Task made{.id = id::make(call.now()),
            .place = TRY(Code::parse(body.text("place"))),
            .plan = body.text("plan"),
            .year = body.integer("year"),
            .number = body.text("number"),
            .name = body.text("name"),
            .unit = body.text("unit"),
            .indicator = body.text("indicator"),
            .due = TRY(time::parse_date(body.text("due"))),
            .actor_id = call.actor().account_id,
            .actor_name = call.actor().name,
            .at = call.now()};
  TRY(call.require("plan.write", made.place));
  made.handed_by = TRY(Code::parse(body.text("handed_by")));
  if (body.find("handed_by") == nullptr) made.handed_by = made.place.parent();
  const auto saved = TRY(call.transact([&](db::Tx& tx) -> Result<Named<Task>> {
    const Task added = TRY(add_task(tx, call.services(), made));
    audit(call, tx, "task.added", added);
    return named(tx, {added}).front();
  }));
  return host::created([&](json::Writer& out) { write(out, saved, call.today()); });
}

Result<Response> get_task(Context& call) {
  struct Whole {
    Named<Task> task;
    std::vector<TaskEntry> entries;
  };
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<Whole> {
    const Task task = TRY(find_task(tx, call.path("id")));
    TRY(call.require("figure.read", task.place));
    return Whole{named(tx, {task}).front(), store::entries_of(tx, task.id)};
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("task");
    write(out, found.task, call.today());
    out.key("entries").begin_array();
    for (const TaskEntry& entry : found.entries) write(out, entry);
    out.end_array().end_object();
  });
}

Result<Response> put_task(Context& call) {
  const json::Value& body = call.body();
  TaskEdit edit;
  if (body.find("name")) edit.name = body.text("name");
  if (body.find("unit")) edit.unit = body.text("unit");
  if (body.find("due")) edit.due = TRY(time::parse_date(body.text("due")));
  edit.cancel = body.flag("cancel");
  const auto saved = TRY(call.transact([&](db::Tx& tx) -> Result<Named<Task>> {
    TRY(call.require("plan.write", TRY(find_task(tx, call.path("id"))).place));
    const Task task = TRY(change_task(tx, call.path("id"), body.integer("version"), edit));
    audit(call, tx, "task.changed", task);
    return named(tx, {task}).front();
  }));
  return host::ok([&](json::Writer& out) { write(out, saved, call.today()); });
}

Result<Response> post_entry(Context& call) {
  const json::Value& body = call.body();
  const TaskEntry entry{.percent = body.integer("percent"),
                        .note = body.text("note"),
                        .files = texts_in(body, "files"),
                        .actor_id = call.actor().account_id,
                        .actor_name = call.actor().name,
                        .at = call.now()};
  const auto saved = TRY(call.transact([&](db::Tx& tx) -> Result<Named<Task>> {
    TRY(call.require("plan.report", TRY(find_task(tx, call.path("id"))).place));
    const Task task = TRY(add_entry(tx, call.path("id"), entry));
    audit(call, tx, "task.reported", task);
    return named(tx, {task}).front();
  }));
  return host::created([&](json::Writer& out) { write(out, saved, call.today()); });
}

Result<Response> post_file(Context& call) {
  const Code place = TRY(call.query_place("place"));
  TRY(call.require("plan.report", place));
  const EvidenceFile made = TRY(keep_file(call.services(), call.actor(), place, call.query("name"),
                                          call.request().body, call.now()));
  return host::created([&](json::Writer& out) { write(out, made); });
}

Result<Response> get_file(Context& call) {
  const EvidenceFile file = TRY(call.read([&](db::Tx& tx) -> Result<EvidenceFile> {
    const EvidenceFile found = TRY(find_file(tx, call.path("id")));
    TRY(call.require("figure.read", found.place));
    return found;
  }));
  Response response;
  response.file = path_of(call.services(), file);
  response.headers = {
      {"content-type", file.kind},
      {"content-disposition", "attachment; filename*=UTF-8''" + net::percent_encode(file.name)},
      {"cache-control", "private, max-age=31536000, immutable"},
      {"x-content-type-options", "nosniff"}};
  return response;
}

}  // namespace

std::vector<host::Route> task_routes() {
  const auto place = optional("place", shape::place());
  const auto flag = shape::choice({"true", "false"});
  const auto limit = optional("limit", shape::text(4));
  const auto after = optional("after", shape::text(500));
  host::Route upload{.method = "POST",
                     .path = "/api/v1/plan-files",
                     .permission = "plan.report",
                     .handle = post_file,
                     .summary = "Send a file of evidence (PDF, picture, office document or text)",
                     .query = {required("place", shape::place()), required("name", shape::text())},
                     .output = file_shape(),
                     .errors = {"evidence.empty", "evidence.bad_kind"}};
  upload.raw_body = true;
  return {
      {.method = "GET",
       .path = "/api/v1/plan-tasks",
       .permission = "figure.read",
       .handle = get_tasks,
       .summary = "Tasks of plans under a place, or those it owes itself",
       .query = {place, optional("plan", shape::text()), optional("year", shape::text(4)),
                 optional("state", shape::choice({"open", "done", "cancelled"})),
                 optional("own", flag), optional("overdue", flag), limit, after},
       .output = shape::page(task_shape()),
       .errors = {"place.bad_code", "period.bad", "page.bad_cursor"}},
      {.method = "POST",
       .path = "/api/v1/plan-tasks",
       .permission = "plan.write",
       .handle = post_task,
       .summary = "Add a task to a place's yearly list",
       .input = shape::object(
           {required("place", shape::place()), required("plan", shape::text()),
            required("year", shape::integer(1949, 2199)), required("number", shape::text(20)),
            required("name", shape::text(500)), required("unit", shape::text()),
            required("due", shape::date()), optional("indicator", shape::text()),
            optional("handed_by", shape::place())},
           "NewTask"),
       .output = task_shape(),
       .errors = {"plan.unknown", "indicator.unknown", "place.not_found", "place.not_active"}},
      {.method = "GET",
       .path = "/api/v1/plan-tasks/{id}",
       .permission = "figure.read",
       .handle = get_task,
       .summary = "A task with its ledger",
       .output = shape::object(
           {required("task", task_shape()), required("entries", shape::array(entry_shape()))},
           "TaskWithLedger"),
       .errors = {"task.not_found"}},
      {.method = "PUT",
       .path = "/api/v1/plan-tasks/{id}",
       .permission = "plan.write",
       .handle = put_task,
       .summary = "Change or cancel a task",
       .input =
           shape::object({required("version", shape::integer(1)),
                          optional("name", shape::text(500)), optional("unit", shape::text()),
                          optional("due", shape::date()), optional("cancel", shape::boolean())},
                         "ChangeTask"),
       .output = task_shape(),
       .errors = {"task.not_found", "task.ended", "record.changed_meanwhile"}},
      {.method = "POST",
       .path = "/api/v1/plan-tasks/{id}/entries",
       .permission = "plan.report",
       .handle = post_entry,
       .summary = "Add a line to a task's ledger; 100 percent with proof ends it",
       .input = shape::object(
           {required("percent", shape::integer(0, 100)), required("note", shape::text(2000)),
            optional("files", shape::array(shape::id(), 20))},
           "NewTaskEntry"),
       .output = task_shape(),
       .errors = {"task.not_found", "task.ended", "task.needs_proof", "evidence.not_found",
                  "record.changed_meanwhile"}},
      std::move(upload),
      {.method = "GET",
       .path = "/api/v1/plan-files/{id}",
       .permission = "figure.read",
       .handle = get_file,
       .summary = "A file of evidence",
       .errors = {"evidence.not_found"}},
  };
}

}  // namespace linli::plans
