// One route an action: its body is the action's own, its answer the case as the actor may see it.
#include "domain/cases/api.h"
#include "domain/cases/pictures.h"
#include "domain/cases/routes.h"

namespace linli::cases {
namespace {

using host::Context;
using net::Response;
using workflow::Action;
using workflow::Command;

std::vector<std::string> pictures_of(const json::Value& body) {
  std::vector<std::string> ids;
  if (const json::Value* given = body.find("attachments"); given && given->is_array())
    for (const json::Value& id : given->as_array()) ids.push_back(id.as_string());
  return ids;
}

Result<Command> read_command(const Context& call, Action action) {
  const json::Value& body = call.body();
  Command command;
  command.action = action;
  command.text = body.find("reason") ? body.text("reason") : body.text("text");
  if (action == Action::rate) command.text = body.text("comment");
  command.task = body.integer("task_id");
  command.rating = static_cast<int>(body.integer("rating"));
  if (const json::Value* solved = body.find("solved"); solved && solved->is_bool())
    command.solved = solved->as_bool();
  command.outcome = body.text("outcome");
  command.into = body.text("into");
  if (!body.text("until").empty()) command.until = TRY(time::parse(body.text("until")));
  if (const json::Value* units = body.find("units"); units && units->is_array())
    for (const json::Value& unit : units->as_array())
      command.tasks.push_back({unit.as_string(), command.text});
  if (const json::Value* tasks = body.find("tasks"); tasks && tasks->is_array())
    for (const json::Value& task : tasks->as_array())
      command.tasks.push_back({task.text("unit", task.text("place")), task.text("text")});
  return command;
}

// To whom: a place, a unit, or a person and the unit he belongs to.
Done name_assignee(db::Tx& tx, Context& call, Command& command) {
  const json::Value* to = call.body().find("to");
  if (to && to->is_string()) command.unit = to->as_string();
  if (!to || !to->is_object()) return {};
  command.unit = to->text("unit", to->text("place"));
  command.assignee = to->text("account_id");
  if (command.assignee.empty()) return {};
  const Case found = TRY(find(tx, call.services(), call.path("id")));
  command.unit = TRY(unit_of_account(tx, call.services(), found.place, command.assignee));
  return {};
}

Result<Response> post_action(Context& call, Action action) {
  const Command command = TRY(read_command(call, action));
  const Case after = TRY(call.transact([&](db::Tx& tx) -> Result<Case> {
    Command wanted = command;
    if (action == Action::assign) TRY(name_assignee(tx, call, wanted));
    Case changed = TRY(act(tx, call.services(), call.actor(), call.path("id"),
                           call.body().integer("version"), wanted, call.now()));
    TRY(add_pictures(tx, call.actor(), changed, pictures_of(call.body())));
    return changed;
  }));
  return answer(call, after);
}

// The codes that the machine and the case may refuse with.
const std::vector<std::string> kErrors = {
    "case.not_found",      "record.changed_meanwhile", "case.not_listed",      "case.stage_gone",
    "case.not_receiver",   "case.not_assignee",        "case.not_caller",      "case.not_reporter",
    "case.not_reviewer",   "case.tasks_open",          "case.paused",          "case.not_paused",
    "case.no_clock",       "case.top_level",           "case.no_reply",        "case.already_rated",
    "case.rater_handled",  "case.not_called_back",     "case.too_late",        "case.no_task",
    "case.task_not_found", "case.task_not_yours",      "case.task_reported",   "case.task_finished",
    "case.task_open",      "case.not_reported_in",     "case.task_for_itself", "case.unknown_unit",
    "case.unit_elsewhere", "case.cannot_lead",         "attachment.unknown",   "attachment.taken"};

host::Route route_of(Action action, const char* summary, std::vector<shape::Field> fields) {
  fields.insert(fields.begin(), shape::required("version", shape::integer(1)));
  const std::string name(workflow::name_of(action));
  return {"POST",
          "/api/v1/cases/{id}/" + name,
          "signed_in",
          [action](Context& call) { return post_action(call, action); },
          summary,
          {shape::optional("language", shape::text(10))},
          shape::object(std::move(fields)),
          case_shape(),
          kErrors};
}

}  // namespace

std::vector<host::Route> action_routes() {
  const shape::Field text_now = shape::required("text", shape::text(2000));
  const shape::Field reason = shape::required("reason", shape::text(2000));
  const shape::Field remark = shape::optional("text", shape::text(2000));
  const shape::Field rating = shape::required("rating", shape::integer(1, 5));
  const shape::Field task = shape::required("task_id", shape::integer(1));
  const shape::Field photos = shape::optional("attachments", shape::array(shape::id(), 12));
  const shape::Shape unit = shape::text(80);
  shape::Shape unit_or_person = shape::any();
  unit_or_person.description =
      "a place code or department@county, or {place}, {unit} or {account_id}";
  return {
      route_of(Action::assign, "Assign to a place, a unit or a person",
               {shape::required("to", unit_or_person), remark}),
      route_of(Action::accept, "Accept what was assigned", {remark}),
      route_of(Action::hand_back, "Hand back to the desk, with a reason", {reason}),
      route_of(Action::whistle, "Call departments to the matter",
               {shape::required("units", shape::array(unit, 20)), text_now}),
      route_of(Action::report_in, "Report in, as a department that was called",
               {remark, shape::optional("task_id", shape::integer(1))}),
      route_of(
          Action::split, "Give parts of the matter to other units",
          {shape::required("tasks",
                           shape::array(shape::object({shape::optional("unit", unit),
                                                       shape::optional("place", shape::place()),
                                                       shape::required("text", shape::text(1000))}),
                                        20))}),
      route_of(Action::finish_task, "Finish a task, or withdraw it as its caller",
               {task, text_now, photos}),
      route_of(Action::rate_task, "Rate what a called department did", {task, rating, remark}),
      route_of(Action::escalate, "Pass one level up, with the reason", {reason}),
      route_of(Action::emergency, "Pass to the county's duty room in one step", {reason}),
      route_of(Action::reply, "Answer the resident",
               {text_now, shape::required("solved", shape::boolean()), photos}),
      route_of(Action::pause, "Stop the clock, with a reason that the resident reads",
               {reason, shape::optional("until", shape::instant())}),
      route_of(Action::resume, "Let the clock go on", {remark}),
      route_of(Action::confirm, "Confirm that it helped, as the reporter", {remark}),
      route_of(Action::rate, "Rate the handling, as the reporter",
               {rating, shape::optional("comment", shape::text(1000))}),
      route_of(Action::reopen, "Open it again, with a reason", {reason}),
      route_of(Action::refuse, "Refuse, with a reason that the resident reads", {reason}),
      route_of(Action::merge, "Join to another case, by its id or number",
               {shape::required("into", shape::text(60)), remark}),
      route_of(Action::close, "Close after review",
               {text_now, shape::optional("solved", shape::boolean())}),
      route_of(
          Action::call_back, "Note what the reporter said when called",
          {shape::required("outcome", shape::choice({"satisfied", "unsatisfied", "unreachable"})),
           text_now, shape::optional("rating", shape::integer(1, 5))}),
  };
}

}  // namespace linli::cases
