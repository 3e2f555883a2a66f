// One installation: a data folder with its settings, its key and (on SQLite) its database.
//
//   var/settings.json   {"database": …, "packs": […], "region": "620802", "demo": true}
//   var/key             the key of sealed fields; keep a copy elsewhere
//   var/linli.db        the database, unless settings name a PostgreSQL server
//   var/attachments/    photos
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/crypto.h"
#include "engine/pack/load.h"
#include "host/services.h"

namespace linli::app {

// A folder that comes with the program: in the working directory, or else where the package puts
// it,
// ../share/linli beside the program's own folder.
std::string shared_folder(const std::string& here, const std::string& installed);

struct Configuration {
  std::string data_folder = "var";
  std::string packs_folder = shared_folder("packs", "packs");
  std::string web_folder = shared_folder("web/dist", "web");
  std::string database;            // empty: linli.db in the data folder
  std::vector<std::string> packs;  // empty: base and the plans that overlap the region
  std::string region;
  bool demo = false;
  // SQLite readers, or PostgreSQL connections. 0: two a processor, so that none idles while
  // another's commit becomes durable and few wait for a processor.
  int64_t connections = 0;
};

// How many connections that is on this machine.
int connections_of(const Configuration& configuration);

// Settings as stored, with what the command line says laid over them.
Result<Configuration> read_configuration(const std::string& data_folder);
Done write_configuration(const Configuration& configuration);

// The packs that a region needs by itself: base and every plan whose territory holds the region
// or lies in it. A plan of the nation is loaded only when it is named.
Result<std::vector<std::string>> packs_for(const std::string& packs_folder, region::Code region);

class Installation {
 public:
  // Opens (and, when `create`, makes) the folder, key, database and content; runs what migrations
  // are due when `migrate`. Refuses `installation.missing`, `installation.unwritable`, and
  // `pack.invalid` with every mistake as a line of the detail.
  // `wrap` may put something around the database (benchmarks).
  using Wrap = std::function<std::unique_ptr<db::Database>(std::unique_ptr<db::Database>)>;
  static Result<std::unique_ptr<Installation>> open(Configuration configuration, bool create,
                                                    bool migrate, const Wrap& wrap = nullptr);

  host::Services& services() { return *services_; }
  const Configuration& configuration() const { return configuration_; }
  // Runs every module's start (tables that packs declare, counters).
  Done start(time::Instant now);

 private:
  Configuration configuration_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<crypto::Keyring> keyring_;
  std::unique_ptr<host::Services> services_;
};

// All migrations, host's first.
std::vector<db::Migration> all_migrations(const std::vector<host::Module>& modules);

}  // namespace linli::app
