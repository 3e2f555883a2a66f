// The commands of `linli`. Each speaks to a person through the Terminal and returns an exit code:
// 0 done, 1 refused (one clear sentence on standard error), 2 wrong usage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/installation.h"
#include "app/terminal.h"

namespace linli::app {

// What every command takes; empty members keep what the settings say.
struct Common {
  std::string data_folder = "var";
  std::string packs_folder = shared_folder("packs", "packs");
  std::string web_folder = shared_folder("web/dist", "web");
  std::string database;
  std::string region;
  std::vector<std::string> packs;
};

// The configuration of the data folder with the command line laid over it.
Result<Configuration> configuration_of(const Common& common);

struct Serve {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;
  int workers = 8;
  std::string tls_certificate;
  std::string tls_key;
  bool behind_proxy = false;
};
int serve(Terminal& terminal, const Common& common, const Serve& options);

int import_divisions(Terminal& terminal, const Common& common, const std::string& folder,
                     bool create, bool demo_outbox);
// Streets and doors from OpenStreetMap, into network.map of the data folder.
int import_osm(Terminal& terminal, const Common& common, const std::string& file);
struct RegisterImport {
  std::string kind;
  std::string file;
  std::string place;  // where rows without a place column belong
  bool dry_run = false;
};
int import_register(Terminal& terminal, const Common& common, const RegisterImport& options);
int export_register(Terminal& terminal, const Common& common, const std::string& kind,
                    const std::string& place, const std::string& file);

// The areas of places from province to village as vector tiles in one PMTiles file, for maps
// without a network; `place` empty: the installation's. Refuses `tiles.nothing_to_draw`.
int export_tiles(Terminal& terminal, const Common& common, const std::string& place,
                 const std::string& file);

struct Demo {
  int64_t persons = 50'000;
  bool everywhere = false;
  uint64_t seed = 1;
};
int demo(Terminal& terminal, const Common& common, const Demo& options);

// Says whether a package of evidence holds; 1 when it does not.
int verify(Terminal& terminal, const std::string& file);
struct NewPack {
  std::string name;
  std::string territory;
  int first_year = 2026;
  int last_year = 2030;
};
// Makes a pack from the skeleton in the packs folder; it passes the check as it is.
int pack_new(Terminal& terminal, const std::string& folder, const NewPack& wanted);
int pack_check(Terminal& terminal, const std::string& folder, std::vector<std::string> packs);

// What the plans of a pack say; `pack` is its folder.
int plan_list(Terminal& terminal, const std::string& pack, bool json);
struct PlanValues {
  std::string plan;
  std::string place;  // empty: the plan's territory
  bool json = false;
};
int plan_values(Terminal& terminal, const Common& common, const PlanValues& options);

int migrate(Terminal& terminal, const Common& common, bool destructive);
int backup(Terminal& terminal, const Common& common, const std::string& folder);
int restore(Terminal& terminal, const Common& common, const std::string& folder);
int doctor(Terminal& terminal, const Common& common);
int print_openapi(Terminal& terminal);

struct UserCreate {
  std::string name;
  std::string display_name;
  std::string password;  // empty: a random one, printed
  std::string unit;
  std::vector<std::string> grants;  // role@place
};
int user_create(Terminal& terminal, const Common& common, const UserCreate& options);
int user_list(Terminal& terminal, const Common& common);
int user_disable(Terminal& terminal, const Common& common, const std::string& name);
int user_password(Terminal& terminal, const Common& common, const std::string& name);
int key_create(Terminal& terminal, const Common& common, const std::string& name,
               const std::vector<std::string>& grants);
int key_list(Terminal& terminal, const Common& common);
// Ends every key that was made under that name.
int key_disable(Terminal& terminal, const Common& common, const std::string& name);

}  // namespace linli::app
