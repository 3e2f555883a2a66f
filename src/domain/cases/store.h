// All SQL of the cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "domain/cases/types.h"

namespace linli::cases::store {

// The next number of a county in a year, counted from 1; gaps are possible, doubles are not.
int64_t next_number(db::Tx& tx, region::Code county, int64_t year);
// So many at once: the first of them.
int64_t next_numbers(db::Tx& tx, region::Code county, int64_t year, int64_t count);

void insert(db::Tx& tx, const Case& made);
// Saves over the case at the version and event count that it was read with; false when another
// was quicker.
bool update(db::Tx& tx, const Case& changed, int64_t version, int64_t events);
// Adds events numbered from `first`.
void append(db::Tx& tx, const Case& of, int64_t first, const std::vector<LoggedEvent>& events);
// Brings the queues in step with the case; one whose wake-up is past its life leaves them.
void save_queues(db::Tx& tx, const Case& changed, bool open, std::optional<time::Instant> wake_at);
void set_attributes(db::Tx& tx, const Case& changed);

// The case as its row shows it.
std::optional<Case> load(db::Tx& tx, std::string_view id);
std::optional<Case> load_numbered(db::Tx& tx, std::string_view number);
std::vector<LoggedEvent> events(db::Tx& tx, const Case& of);
// Every case in the places, by village and id, until false.
void each(db::Tx& tx, std::string_view kind, region::Code first, region::Code last,
          const std::function<bool(const Case&)>& row);

// The queue: open cases by due time. The history: all cases, newest first. Their statements can be
// asked for, so that a test can have them explained.
struct Statement {
  std::string sql;
  db::Params params;
};
Statement queue_statement(const Filter& filter, const Page& page);
Statement history_statement(const Filter& filter, const Page& page);
std::vector<Case> queue(db::Tx& tx, const Filter& filter, const Page& page);
std::vector<Case> history(db::Tx& tx, const Filter& filter, const Page& page);
std::vector<Case> of_reporter(db::Tx& tx, std::string_view account, const Page& page);
// Ids of open cases with something to do by `now`, after the cursor (wake_at, id).
std::vector<std::pair<time::Instant, std::string>> awake(db::Tx& tx, time::Instant now,
                                                         const std::vector<Value>& after,
                                                         int64_t limit);
// Id and place of the open cases strictly below a place.
std::vector<std::pair<std::string, region::Code>> open_below(db::Tx& tx, region::Code place);
// Open cases that are with a place of their village, or have an open task there.
std::vector<std::string> open_with(db::Tx& tx, region::Code unit);
// The kinds and stages in which open cases stand.
std::vector<std::pair<std::string, std::string>> open_stages(db::Tx& tx);
std::vector<std::string> joined_to(db::Tx& tx, std::string_view id);
// Open cases of the subject that were opened since then: in the cell, or in the village.
std::vector<Case> open_in_cell(db::Tx& tx, int64_t cell, std::string_view kind,
                               std::string_view subject, time::Instant since, int64_t limit);
std::vector<Case> open_in_village(db::Tx& tx, region::Code village, std::string_view kind,
                                  std::string_view subject, time::Instant since, int64_t limit);

// False when the account said so before.
bool add_supporter(db::Tx& tx, const Case& of, std::string_view account, time::Instant at);

void insert(db::Tx& tx, const Attachment& made);
std::optional<Attachment> attachment(db::Tx& tx, std::string_view id);
std::vector<Attachment> attachments(db::Tx& tx, region::Code village, std::string_view holder);
// Gives a picture to a case or a record; an empty holder lets it go.
void attach(db::Tx& tx, const Attachment& picture, region::Code village, std::string_view holder,
            bool visible);
std::vector<Attachment> loose_before(db::Tx& tx, time::Instant before, int64_t limit);
void remove(db::Tx& tx, const Attachment& gone);
bool is_used(db::Tx& tx, std::string_view sha256);

}  // namespace linli::cases::store
