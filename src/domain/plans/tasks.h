// The yearly list of tasks of a plan and the ledger of what was done about each
// (年度任务清单、工作台账).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/types.h"
#include "host/services.h"

namespace linli::plans {

struct Task {
  std::string id;
  Code place;  // who owes it
  std::string plan;
  int64_t year = 0;
  std::string number;
  std::string name;
  std::string unit;       // responsible: a department, or words
  std::string indicator;  // that it serves, or empty
  time::Date due = 0;
  Code handed_by;              // to whom it is owed
  std::string state = "open";  // open, done, cancelled
  int64_t percent = 0;
  int64_t version = 1;
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;

  bool overdue(time::Date today) const { return state == "open" && due < today; }
};

struct TaskEntry {
  int64_t n = 0;
  int64_t percent = 0;
  std::string state;
  std::string note;
  std::vector<std::string> files;  // ids
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;
};

struct TaskFilter {
  std::string plan;
  Code under;
  int64_t year = 0;  // 0: any
  bool own = false;  // only those of the place itself
  std::string state;
  std::optional<time::Date> overdue_on;
};

// Refuses `task.not_found`.
Result<Task> find_task(db::Tx& tx, std::string_view id);

// Announces it to the place. Refuses `plan.unknown`, `indicator.unknown`, `place.not_found` and
// `place.not_active`.
Result<Task> add_task(db::Tx& tx, const host::Services& services, const Task& made);
// Changes its words, unit and due date, or cancels it. Refuses `task.not_found`,
// `record.changed_meanwhile` and `task.ended`.
struct TaskEdit {
  std::optional<std::string> name;
  std::optional<std::string> unit;
  std::optional<time::Date> due;
  bool cancel = false;
};
Result<Task> change_task(db::Tx& tx, std::string_view id, int64_t version, const TaskEdit& edit);

// Adds a line to the ledger; 100 percent needs a file or a note and ends the task. Refuses
// `task.not_found`, `task.ended`, `task.needs_proof` and `evidence.not_found`.
Result<Task> add_entry(db::Tx& tx, std::string_view id, const TaskEntry& entry);

}  // namespace linli::plans
