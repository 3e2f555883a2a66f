#include "domain/plans/tasks.h"

#include "core/text.h"
#include "domain/places/api.h"
#include "domain/plans/alarms.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/views.h"

namespace linli::plans {

Result<Task> find_task(db::Tx& tx, std::string_view id) {
  const auto task = store::find_task(tx, id);
  if (!task) return refuse(ErrorKind::not_found, "task.not_found", std::string(id));
  return *task;
}

Result<Task> add_task(db::Tx& tx, const host::Services& services, const Task& made) {
  TRY(find_plan(*services.content, made.plan));
  if (!made.indicator.empty()) {
    TRY(find_indicator(*services.content, made.plan, made.indicator));
  }
  TRY(places::require_active(tx, made.place));
  store::insert(tx, made);
  announce(tx, services, "plan.task_handed", made, made.actor_id, made.at);
  return made;
}

Result<Task> change_task(db::Tx& tx, std::string_view id, int64_t version, const TaskEdit& edit) {
  Task task = TRY(find_task(tx, id));
  if (task.state != "open") return refuse(ErrorKind::conflict, "task.ended", task.id);
  if (edit.name) task.name = *edit.name;
  if (edit.unit) task.unit = *edit.unit;
  if (edit.due) task.due = *edit.due;
  if (edit.cancel) task.state = "cancelled";
  if (!store::save(tx, task, version)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile", task.id);
  }
  task.version = version + 1;
  return task;
}

Result<Task> add_entry(db::Tx& tx, std::string_view id, const TaskEntry& entry) {
  Task task = TRY(find_task(tx, id));
  if (task.state != "open") return refuse(ErrorKind::conflict, "task.ended", task.id);
  TRY(find_files(tx, entry.files, task.place));
  if (entry.percent == 100 && entry.files.empty() && text::trim(entry.note).empty()) {
    return refuse(ErrorKind::invalid, "task.needs_proof", task.id);
  }
  task.percent = entry.percent;
  task.state = entry.percent == 100 ? "done" : "open";
  if (!store::save(tx, task, task.version)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile", task.id);
  }
  store::add_entry(tx, task, entry);
  ++task.version;
  return task;
}

}  // namespace linli::plans
