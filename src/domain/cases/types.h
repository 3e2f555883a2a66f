// Requests and what hangs on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/region.h"
#include "core/time.h"
#include "domain/places/types.h"
#include "engine/workflow/types.h"

namespace linli::cases {

// A request from first report to closing. `state` is a fold over its events; loaded from its row
// alone it holds what the row shows and neither clock, tasks, handlers nor reply.
struct Case {
  std::string id;
  std::string number;  // for people: 2025-620802-000123
  std::string kind;    // of the pack
  region::Code place;
  json::Value form;  // as on the wire, already checked
  std::string address;
  std::optional<places::Point> point;
  std::string channel;
  std::string reporter;   // account, or empty
  std::string contact;    // sealed name and phone, or empty
  std::string phone_key;  // keyed lookup of the phone, or empty
  bool anonymous = false;
  places::Attributes attributes;  // of the place, as figures last counted it
  std::string assignee_name;
  workflow::State state;
  std::optional<time::Instant> due_at;  // of the present clock
  int64_t version = 1;                  // optimistic lock: a change must carry the version it read

  std::string subject() const { return form.text("subject"); }
  region::Code village() const { return place.village(); }
  friend bool operator==(const Case&, const Case&) = default;
};

// `facts` stand with the first event: place, channel and the form without its pictures.
struct LoggedEvent {
  workflow::Event event;
  std::string actor_name;
  json::Value facts;
};

// The person who asks, in the clear.
struct Contact {
  std::string name;
  std::string phone;
};

// A picture of a case. `visible` says that the reporter sees it.
struct Attachment {
  std::string id;
  region::Code village;  // 0 until a case or a record takes it
  std::string case_id;   // or "register/record" (record_pictures.h)
  std::string owner;
  std::string sha256;  // hex, of the stored file
  std::string kind;    // image/jpeg, image/png
  int64_t width = 0;
  int64_t height = 0;
  int64_t bytes = 0;
  std::optional<places::Point> point;
  bool visible = true;
  time::Instant created_at = 0;
};

// What cuts and orders a list.
struct Filter {
  std::vector<region::Code> territories;  // none: nothing is found
  std::string kind;
  std::vector<std::string> units;  // only these units' own, or with a task for them
  std::string stage;
  std::vector<std::string> subjects;  // any of them, unless empty
  std::string assignee;
  std::string number;
  std::string phone_key;
  std::string text;  // in the form
  bool late = false;
  std::optional<time::Instant> from;  // opened in [from, to)
  std::optional<time::Instant> to;
  time::Instant now = 0;
};

struct Page {
  int64_t limit = 50;
  std::vector<Value> after;  // due_at or opened_at, and id
};

// An open case like the one that somebody is about to open.
struct Similar {
  Case found;
  std::optional<double> distance_m;
};

}  // namespace linli::cases
