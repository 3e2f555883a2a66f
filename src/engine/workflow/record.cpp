#include "engine/workflow/record.h"

namespace linli::workflow {
namespace {

void put(json::Object& out, const char* name, const std::string& text) {
  if (!text.empty()) out.emplace_back(name, text);
}
void put(json::Object& out, const char* name, int64_t number) {
  if (number != 0) out.emplace_back(name, number);
}
void put(json::Object& out, const char* name, bool flag) {
  if (flag) out.emplace_back(name, true);
}
void put(json::Object& out, const char* name, const std::optional<time::Instant>& instant) {
  if (instant) out.emplace_back(name, *instant);
}

std::optional<time::Instant> instant(const json::Value& from, const char* name) {
  const json::Value* found = from.find(name);
  if (!found || !found->is_int()) return std::nullopt;
  return found->as_int();
}

json::Object write(const Clock& clock) {
  json::Object out;
  put(out, "started_at", clock.started_at);
  put(out, "running_since", clock.running_since);
  put(out, "used", clock.used);
  put(out, "due_at", clock.due_at);
  put(out, "paused_at", clock.paused_at);
  put(out, "paused_until", clock.paused_until);
  put(out, "reason", clock.reason);
  put(out, "reminded", static_cast<int64_t>(clock.reminded));
  put(out, "breached", clock.breached);
  return out;
}

Clock read_clock(const json::Value& from) {
  Clock clock;
  clock.started_at = from.integer("started_at");
  clock.running_since = from.integer("running_since");
  clock.used = from.integer("used");
  clock.due_at = instant(from, "due_at");
  clock.paused_at = instant(from, "paused_at");
  clock.paused_until = instant(from, "paused_until");
  clock.reason = from.text("reason");
  clock.reminded = static_cast<int>(from.integer("reminded"));
  clock.breached = from.flag("breached");
  return clock;
}

// As ordered: nothing has happened to it yet.
json::Object write(const Task& task) {
  json::Object out;
  put(out, "id", task.id);
  put(out, "unit", task.unit);
  put(out, "text", task.text);
  put(out, "called", task.called);
  put(out, "caller", task.caller);
  put(out, "caller_unit", task.caller_unit);
  put(out, "opened_at", task.opened_at);
  put(out, "due_at", task.due_at);
  return out;
}

Task read_task(const json::Value& from) {
  Task task;
  task.id = from.integer("id");
  task.unit = from.text("unit");
  task.text = from.text("text");
  task.called = from.flag("called");
  task.caller = from.text("caller");
  task.caller_unit = from.text("caller_unit");
  task.opened_at = from.integer("opened_at");
  task.due_at = instant(from, "due_at");
  return task;
}

}  // namespace

std::string write_details(const Event& event) {
  json::Object out;
  out.emplace_back("clock", write(event.clock));
  if (!event.tasks.empty()) {
    json::Array tasks;
    for (const Task& task : event.tasks) tasks.emplace_back(write(task));
    out.emplace_back("tasks", std::move(tasks));
  }
  put(out, "task", event.task);
  put(out, "rating", static_cast<int64_t>(event.rating));
  put(out, "solved", event.solved);
  put(out, "terminal", event.terminal);
  put(out, "withdrawn", event.withdrawn);
  put(out, "percent", static_cast<int64_t>(event.percent));
  put(out, "outcome", event.outcome);
  put(out, "into", event.into);
  return json::write(json::Value(std::move(out)));
}

Done read_details(std::string_view text, Event& event) {
  const json::Value from = TRY(json::parse(text));
  if (const json::Value* clock = from.find("clock")) event.clock = read_clock(*clock);
  if (const json::Value* tasks = from.find("tasks"); tasks && tasks->is_array())
    for (const json::Value& task : tasks->as_array()) event.tasks.push_back(read_task(task));
  event.task = from.integer("task");
  event.rating = static_cast<int>(from.integer("rating"));
  event.solved = from.flag("solved");
  event.terminal = from.flag("terminal");
  event.withdrawn = from.flag("withdrawn");
  event.percent = static_cast<int>(from.integer("percent"));
  event.outcome = from.text("outcome");
  event.into = from.text("into");
  return {};
}

}  // namespace linli::workflow
