// Pictures on disk (under their content's hash) and in the database.
#pragma once

#include <string>
#include <string_view>

#include "domain/cases/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::cases {

// Redraws and stores a picture that no case has yet. The place it was taken at is kept only when
// asked. Refuses what image::redraw refuses.
Result<Attachment> keep_picture(host::Services& services, const host::Actor& actor,
                                std::string_view bytes, bool keep_location, time::Instant now);
// The file of a picture that the actor may see. Refuses `attachment.not_found`.
Result<Attachment> find_picture(db::Tx& tx, host::Services& services, const host::Actor& actor,
                                std::string_view id);
std::string file_of(const host::Services& services, const Attachment& picture, bool thumb);
// Gives more of the actor's pictures to a case. Refuses `attachment.not_found` and
// `attachment.taken`.
Done add_pictures(db::Tx& tx, const host::Actor& actor, const Case& to,
                  const std::vector<std::string>& ids);
// Removes pictures that no case took within a day; how many.
int64_t drop_loose_pictures(host::Services& services, time::Instant now);

}  // namespace linli::cases
