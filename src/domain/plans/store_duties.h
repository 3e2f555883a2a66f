// SQL of what places owe a plan.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.h"
#include "domain/plans/files.h"
#include "domain/plans/quality.h"
#include "domain/plans/tasks.h"
#include "domain/plans/value_requests.h"

namespace linli::plans::store {

// Lists of plain words in one column.
std::string joined(const std::vector<std::string>& words);
std::vector<std::string> words_of(const std::string& joined);

std::vector<Task> tasks(db::Tx& tx, const TaskFilter& filter,
                        const std::optional<std::pair<Code, std::string>>& after, int64_t limit);
std::optional<Task> find_task(db::Tx& tx, std::string_view id);
std::vector<TaskEntry> entries_of(db::Tx& tx, std::string_view id);
void insert(db::Tx& tx, const Task& made);
bool save(db::Tx& tx, const Task& task, int64_t version);  // false: changed meanwhile
void add_entry(db::Tx& tx, const Task& task, const TaskEntry& entry);

void insert(db::Tx& tx, const EvidenceFile& made);
std::optional<EvidenceFile> find_file(db::Tx& tx, std::string_view id);

std::vector<ValueRequest> requests(db::Tx& tx, const RequestFilter& filter,
                                   const std::optional<std::pair<Code, std::string>>& after,
                                   int64_t limit);
std::optional<ValueRequest> find_request(db::Tx& tx, std::string_view id);
std::optional<ValueRequest> find_request(db::Tx& tx, std::string_view indicator, Code place,
                                         std::string_view period);
// Of the requests to places under a place.
Timeliness timeliness(db::Tx& tx, Code under, time::Date today);
std::vector<RequestStep> steps_of(db::Tx& tx, std::string_view id);
void insert(db::Tx& tx, const ValueRequest& made);
bool save(db::Tx& tx, const ValueRequest& request, int64_t version);
void add_step(db::Tx& tx, std::string_view id, const RequestStep& step);

// Open ones whose day is over and for whose due day no alarm was raised yet.
std::vector<Task> tasks_to_raise(db::Tx& tx, time::Date today, int64_t limit);
std::vector<ValueRequest> requests_to_raise(db::Tx& tx, time::Date today, int64_t limit);
// What was last kept of a subject at a place.
struct Alarm {
  Code place;
  std::string subject;  // task:<id>, value:<id>, light:<indicator>, plan:<key>
  std::string state;    // the due day, the light, the day of the look
  time::Instant at = 0;
};
std::optional<std::string> alarm(db::Tx& tx, Code place, const std::string& subject);
void keep_alarm(db::Tx& tx, const Alarm& alarm);

}  // namespace linli::plans::store
