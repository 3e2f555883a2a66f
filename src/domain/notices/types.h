// Notices to people, and web hooks to other systems.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/region.h"
#include "core/time.h"

namespace linli::notices {

using region::Code;
using Values = std::vector<std::pair<std::string, std::string>>;

// What somebody is to know. The words are the packs' texts `<key>.title` and `<key>.text` in the
// reader's language, with {name} replaced from `values`.
struct Notice {
  std::string id;
  std::string account_id;
  std::string key;  // notice.case_replied
  Values values;
  std::string subject_id;  // what it tells of (a case, a plan's task), or empty
  time::Instant at = 0;
  std::optional<time::Instant> read_at;
};

// Another system that is told what happens under a place, by signed HTTP requests in order.
struct WebHook {
  std::string id;
  Code place;
  std::string url;
  std::string secret;
  std::vector<std::string> events;  // names; empty: all
  std::string created_by;
  time::Instant created_at = 0;
  int64_t waiting = 0;   // deliveries not yet made
  int64_t failures = 0;  // in a row
  std::string last_error;
  time::Instant due_at = 0;                   // not tried before
  std::optional<time::Instant> delivered_at;  // the last that was taken
};

// The event by which a web hook is tried: it goes to the hook that is its subject, and to no other.
inline constexpr std::string_view kTestEvent = "web_hook.test";

// One event on its way to one web hook.
struct Delivery {
  std::string hook_id;
  int64_t position = 0;  // of the event in the log
  std::string event;     // its name
  std::string body;      // JSON
  time::Instant at = 0;
};

}  // namespace linli::notices
