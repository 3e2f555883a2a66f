#include "db/analyze.h"

namespace linli::db {

void analyze(Database& database) {
  if (database.engine() != Engine::postgres) return;
  MUST(database.transact([](Tx& tx) -> Done {
    tx.script("ANALYZE");
    return {};
  }));
}

}  // namespace linli::db
