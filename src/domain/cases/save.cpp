#include "domain/cases/save.h"

#include <array>

#include "domain/accounts/api.h"
#include "domain/cases/rules.h"
#include "domain/cases/store.h"

namespace linli::cases {
namespace {

using workflow::Action;

// What listeners know the event by; empty: nobody else is told.
std::string event_name(const workflow::Event& event) {
  switch (event.action) {
    case Action::open:
      return "case.opened";
    case Action::assign:
      return "case.assigned";
    case Action::accept:
      return "case.accepted";
    case Action::hand_back:
      return "case.handed_back";
    case Action::whistle:
      return "case.whistled";
    case Action::report_in:
      return "case.reported_in";
    case Action::split:
      return "case.split";
    case Action::finish_task:
      return "case.task_finished";
    case Action::rate_task:
      return "case.task_rated";
    case Action::escalate:
    case Action::emergency:
      return "case.escalated";
    case Action::reply:
    case Action::refuse:
    case Action::follow:
      return "case.replied";
    case Action::pause:
      return "case.paused";
    case Action::resume:
      return "case.resumed";
    case Action::confirm:
      return "case.confirmed";
    case Action::rate:
      return "case.rated";
    case Action::reopen:
      return "case.reopened";
    case Action::merge:
      return "case.merged";
    case Action::close:
      return "case.closed";
    case Action::call_back:
      return "case.called_back";
    case Action::me_too:
      return "case.seconded";
    case Action::remind:
      return "case.reminded";
    case Action::breach:
      return "case.breached";
    case Action::lapse:
      return "case.lapsed";
    case Action::relocate:
      return "case.relocated";
    case Action::task_late:
      return "case.task_late";
  }
  return {};
}

void announce(db::Tx& tx, host::Services& services, const Case& after, const workflow::Event& event,
              std::string name) {
  json::Object data = {
      {"kind", after.kind},         {"number", after.number},
      {"subject", after.subject()}, {"action", std::string(workflow::name_of(event.action))},
      {"stage", event.stage},       {"unit", event.unit},
      {"assignee", event.assignee}, {"reporter", after.reporter}};
  if (event.rating > 0) data.emplace_back("rating", static_cast<int64_t>(event.rating));
  if (event.percent > 0) data.emplace_back("percent", static_cast<int64_t>(event.percent));
  if (!event.tasks.empty()) {
    json::Array units;
    for (const workflow::Task& task : event.tasks) units.emplace_back(task.unit);
    data.emplace_back("units", std::move(units));
  }
  services.announce(tx, {.name = std::move(name),
                         .place = after.place,
                         .subject_id = after.id,
                         .at = event.at,
                         .actor_id = event.actor,
                         .data = std::move(data)});
}

// Live pages: those that follow a place above the case, and the reporter's own.
void publish_after_commit(db::Tx& tx, host::Services& services, const Case& after) {
  tx.on_commit([hub = services.hub, id = after.id, place = after.place, reporter = after.reporter] {
    for (const region::Code above : place.chain()) {
      hub->publish("place:" + above.text(), "changed", id);
    }
    if (!reporter.empty()) hub->publish("account:" + reporter, "changed", id);
  });
}

void tell(db::Tx& tx, host::Services& services, const pack::CaseKind& kind, const Case* before,
          const Case& after, const std::vector<workflow::Event>& events) {
  tell_changed(tx, services, kind, before, after);
  bool closed = before && before->state.closed_at;
  for (const workflow::Event& event : events) {
    announce(tx, services, after, event, event_name(event));
    if (event.terminal && !closed && event.action != Action::close)
      announce(tx, services, after, event, "case.closed");
    closed = event.terminal;
  }
  publish_after_commit(tx, services, after);
}

void save_queues(db::Tx& tx, const pack::CaseKind& kind, const host::Services& services,
                 const Case& changed) {
  const pack::Stage* stage = kind.stage(changed.state.stage);
  const bool open = !stage || !stage->terminal;
  store::save_queues(tx, changed, open,
                     workflow::wake_at({kind, services.content->calendar}, changed.state));
}

bool is_answer(Action action) {
  return action == Action::reply || action == Action::refuse || action == Action::follow;
}

// Cases joined to an answered one get the same reply and go on by themselves.
Done answer_joined(db::Tx& tx, host::Services& services, const Case& lead) {
  for (const std::string& id : store::joined_to(tx, lead.id)) {
    Case joined = *store::load(tx, id);
    std::vector<workflow::Event> lived;
    for (const LoggedEvent& logged : store::events(tx, joined)) lived.push_back(logged.event);
    joined.state = workflow::replay(lived);
    const pack::CaseKind* kind = TRY(kind_of(services, joined));
    workflow::Command command;
    command.action = Action::follow;
    command.text = lead.state.reply->text;
    command.solved = lead.state.reply->solved;
    const Result<workflow::Event> event = workflow::decide(
        {*kind, services.content->calendar}, joined.state, {}, command, lead.state.reply->at);
    if (event) TRY(save(tx, services, joined, {*event}, {}));
  }
  return {};
}

std::string assignee_name(db::Tx& tx, const Case& before, const Case& after,
                          const std::vector<workflow::Event>& events,
                          const std::string& actor_name) {
  if (after.state.assignee.empty()) return {};
  if (after.state.assignee == before.state.assignee) return before.assignee_name;
  if (after.state.assignee == events.back().actor) return actor_name;
  const auto names = accounts::names(tx, {after.state.assignee});
  const auto found = names.find(after.state.assignee);
  return found == names.end() ? std::string() : found->second.display_name;
}

}  // namespace

Result<const pack::CaseKind*> kind_of(const host::Services& services, const Case& of) {
  const pack::CaseKind* kind = services.content->case_kind(of.kind);
  if (!kind) return refuse(ErrorKind::conflict, "case.kind_not_declared", of.kind);
  return kind;
}

void tell_changed(db::Tx& tx, host::Services& services, const pack::CaseKind& kind,
                  const Case* before, const Case& after) {
  const std::vector<Value> values = values_of(kind, *services.content, after);
  host::Change change{.kind = kind.key};
  change.after = host::Change::Side{.place = after.place, .values = &values};
  std::vector<Value> values_before;
  if (before) {
    values_before = values_of(kind, *services.content, *before);
    change.before = host::Change::Side{.place = before->place, .values = &values_before};
  }
  services.changed(tx, change);
}

void save_new(db::Tx& tx, host::Services& services, const Case& made, const LoggedEvent& first) {
  const pack::CaseKind& kind = *services.content->case_kind(made.kind);
  store::insert(tx, made);
  store::append(tx, made, 1, {first});
  save_queues(tx, kind, services, made);
  tell(tx, services, kind, nullptr, made, {first.event});
}

Result<Case> save(db::Tx& tx, host::Services& services, const Case& before,
                  const std::vector<workflow::Event>& events, const std::string& actor_name,
                  bool touch) {
  if (events.empty()) return before;
  const pack::CaseKind* kind = TRY(kind_of(services, before));
  Case after = before;
  std::vector<LoggedEvent> logged;
  for (const workflow::Event& event : events) {
    workflow::apply(after.state, event);
    after.place = place_after(after.place, event);
    logged.push_back({event, event.actor == before.reporter ? std::string() : actor_name, {}});
  }
  after.due_at = after.state.clock.due_at;
  after.assignee_name = assignee_name(tx, before, after, events, actor_name);
  if (touch) ++after.version;
  if (!store::update(tx, after, before.version, before.state.events))
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  store::append(tx, after, before.state.events + 1, logged);
  save_queues(tx, *kind, services, after);
  tell(tx, services, *kind, &before, after, events);
  if (is_answer(events.back().action)) TRY(answer_joined(tx, services, after));
  return after;
}

}  // namespace linli::cases
