// Pictures of records: the fields of type `images` of the registers hold ids of pictures that came
// in through the same door as those of cases.
#pragma once

#include <string_view>

#include "db/database.h"
#include "host/actor.h"
#include "host/event.h"
#include "host/services.h"

namespace linli::cases {

// Is the holder of a picture a record ("facility/<id>") and not a case?
bool is_record(std::string_view holder);
// Whether the actor may read the record that holds a picture.
bool may_read_record(db::Tx& tx, host::Services& services, const host::Actor& actor,
                     std::string_view holder);
// Gives a record the loose pictures of whoever saved it, and lets those go that it lost.
Done follow_record(db::Tx& tx, host::Services& services, const host::Event& event);

}  // namespace linli::cases
