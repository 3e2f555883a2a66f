// What other modules may ask of the notices.
#pragma once

#include <string>

#include "db/database.h"
#include "domain/notices/types.h"
#include "host/services.h"

namespace linli::notices {

struct News {
  std::string account_id;
  std::string key;         // notice.case_replied: texts notice.case_replied.title and .text
  Values values = {};      // for the {names} in the texts; no sensitive value
  std::string subject_id;  // what the notice opens, or empty
  bool by_phone = false;   // the text <key>.phone too, as a short message
};
// Keeps the notice in this transaction and tells the account's open pages after the commit
// (topic "account:<id>", event "notice").
void notify(db::Tx& tx, const host::Services& services, const News& news, time::Instant now);

}  // namespace linli::notices
