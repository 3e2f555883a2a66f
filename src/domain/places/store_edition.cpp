// How often the tree has changed down to villages.
#include "domain/places/store.h"

namespace linli::places::store {

void touch(db::Tx& tx, Level highest) {
  if (highest > Level::village) return;
  tx.run(
      "INSERT INTO place_edition (id, edition) VALUES (1, 1)"
      " ON CONFLICT (id) DO UPDATE SET edition = place_edition.edition + 1");
}

int64_t edition(db::Tx& tx) {
  const auto row = tx.one("SELECT edition FROM place_edition WHERE id = 1");
  return row ? row->integer(0) : 0;
}

}  // namespace linli::places::store
