#include "db/engines.h"
namespace linli::db {
std::unique_ptr<Database> open_postgres(const std::string&, const Options&) {
  throw std::runtime_error("postgres: not built yet");
}
}  // namespace linli::db
