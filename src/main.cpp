// The command line of Linli: words to functions, nothing else.
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "core/log.h"

namespace {

using linli::app::Common;
using linli::app::Terminal;

// What every command takes, and its exit code when it was chosen.
struct Program {
  CLI::App app{"Linli: the community service system of a county, city or province", "linli"};
  Terminal terminal;
  Common common;
  int code = 0;

  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& text) {
    CLI::App* made = parent.add_subcommand(name, text);
    made->add_option("--data", common.data_folder, "data folder")->capture_default_str();
    made->add_option("--packs", common.packs_folder, "folder of the packs")->capture_default_str();
    return made;
  }
  void opening(CLI::App* made) {
    made->add_option("--database", common.database, "postgresql://… instead of SQLite");
    made->add_option("--region", common.region, "region code, such as 620802");
    made->add_option("--use", common.packs, "packs to load; by default those of the region");
  }
};

void add_serve(Program& program, linli::app::Serve& options) {
  CLI::App* serve = program.command(program.app, "serve", "Run the platform");
  serve->add_option("--address", options.address, "address to listen on")->capture_default_str();
  serve->add_option("--port", options.port, "port; 0 takes a free one")->capture_default_str();
  serve->add_option("--workers", options.workers, "threads that answer")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  serve->add_option("--web", program.common.web_folder, "built pages")->capture_default_str();
  serve->add_option("--tls-certificate", options.tls_certificate, "PEM file");
  serve->add_option("--tls-key", options.tls_key, "PEM file");
  serve->add_flag("--behind-proxy", options.behind_proxy, "believe x-forwarded-for and -proto");
  serve->callback([&] {
    linli::log::set_threshold(linli::log::Severity::info);
    program.code = linli::app::serve(program.terminal, program.common, options);
  });
}

struct DataOptions {
  std::string folder;
  bool create = false;
  bool demo_outbox = false;
  linli::app::RegisterImport import;
  std::string kind;
  std::string place;
  std::string file;
  linli::app::Demo demo;
};

void add_data(Program& program, DataOptions& options) {
  CLI::App* demo = program.command(program.app, "demo", "Make a demo city on real places");
  program.opening(demo);
  demo->add_option("--persons", options.demo.persons, "persons")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000'000));
  demo->add_option("--seed", options.demo.seed, "same seed, same city")->capture_default_str();
  demo->add_flag("--everywhere", options.demo.everywhere,
                 "some persons in every village, however few each gets");
  demo->callback(
      [&] { program.code = linli::app::demo(program.terminal, program.common, options.demo); });

  CLI::App* import = program.app.add_subcommand("import", "Bring data in")->require_subcommand(1);
  CLI::App* divisions =
      program.command(*import, "divisions", "The tree of places, from a folder of CSV files");
  program.opening(divisions);
  divisions->add_option("folder", options.folder, "folder with provinces.csv … villages.csv")
      ->required();
  divisions->add_flag("--create", options.create, "make the data folder when it is not there");
  divisions->add_flag("--demo-outbox", options.demo_outbox, "show one-time codes on the screen");
  divisions->callback([&] {
    program.code = linli::app::import_divisions(program.terminal, program.common, options.folder,
                                                options.create, options.demo_outbox);
  });
  CLI::App* osm = program.command(*import, "osm", "Streets and doors from OpenStreetMap");
  osm->add_option("file", options.file, "extract: .osm.pbf or .osm.gz")->required();
  osm->callback([&] {
    program.code = linli::app::import_osm(program.terminal, program.common, options.file);
  });
  CLI::App* records = program.command(*import, "register", "Records of a register, from CSV");
  records->add_option("kind", options.import.kind, "register, such as person")->required();
  records->add_option("file", options.import.file, "CSV file")->required();
  records->add_option("--place", options.import.place, "where rows without a place belong");
  records->add_flag("--dry-run", options.import.dry_run, "only report what is wrong");
  records->callback([&] {
    program.code = linli::app::import_register(program.terminal, program.common, options.import);
  });

  CLI::App* out = program.app.add_subcommand("export", "Take data out")->require_subcommand(1);
  CLI::App* sheet = program.command(*out, "register", "Records of a register, as CSV");
  sheet->add_option("kind", options.kind, "register, such as person")->required();
  sheet->add_option("file", options.file, "CSV file to write")->required();
  sheet->add_option("--place", options.place, "only what lies under this place");
  sheet->callback([&] {
    program.code = linli::app::export_register(program.terminal, program.common, options.kind,
                                               options.place, options.file);
  });
  CLI::App* tiles = program.command(*out, "tiles",
                                    "A map to take along: places, streets, facilities in one file");
  tiles->add_option("file", options.file, "PMTiles file to write")->required();
  tiles->add_option("--place", options.place, "the map of this place, else of the whole region");
  tiles->callback([&] {
    program.code =
        linli::app::export_tiles(program.terminal, program.common, options.place, options.file);
  });
}

struct CareOptions {
  bool destructive = false;
  std::string folder;
  std::string packs_folder = linli::app::shared_folder("packs", "packs");
  std::vector<std::string> packs;
  linli::app::NewPack made;
};

struct PlanOptions {
  std::string evidence;
  std::string pack;
  linli::app::PlanValues values;
};

void add_plan(Program& program, PlanOptions& options) {
  CLI::App* plan = program.app.add_subcommand("plan", "Plans")->require_subcommand(1);
  CLI::App* list = plan->add_subcommand("list", "Indicators and targets as a pack holds them");
  list->add_option("--pack", options.pack, "folder of the pack, such as packs/ningbo")->required();
  list->add_flag("--json", options.values.json, "every member, as docs/formats/plan.md says");
  list->callback([&] {
    program.code = linli::app::plan_list(program.terminal, options.pack, options.values.json);
  });
  CLI::App* verify = plan->add_subcommand("verify", "Check a package of evidence, anywhere");
  verify->add_option("file", options.evidence, "the package")->required();
  verify->callback([&] { program.code = linli::app::verify(program.terminal, options.evidence); });
  CLI::App* values = program.command(*plan, "values", "Indicators at a place, with their values");
  values->add_option("--pack,--plan", options.values.plan, "plan, such as ningbo")->required();
  values->add_option("--place", options.values.place, "by default the plan's territory");
  values->add_flag("--json", options.values.json, "as GET /api/v1/plans/{plan}/indicators");
  values->callback([&] {
    program.code = linli::app::plan_values(program.terminal, program.common, options.values);
  });
}

void add_care(Program& program, CareOptions& options) {
  CLI::App* pack = program.app.add_subcommand("pack", "Content")->require_subcommand(1);
  CLI::App* check = pack->add_subcommand("check", "Say everything that is wrong with packs");
  check->add_option("folder", options.packs_folder, "folder of the packs")->capture_default_str();
  check->add_option("--use", options.packs, "only these and what they need");
  check->callback([&] {
    program.code = linli::app::pack_check(program.terminal, options.packs_folder, options.packs);
  });

  CLI::App* made = pack->add_subcommand("new", "Make a pack for another plan");
  made->add_option("name", options.made.name, "small letters, such as dingxi")->required();
  made->add_option("--territory", options.made.territory, "region code, such as 6211")->required();
  made->add_option("--from", options.made.first_year, "first year")->capture_default_str();
  made->add_option("--to", options.made.last_year, "last year")->capture_default_str();
  made->add_option("--packs", options.packs_folder, "folder of the packs")->capture_default_str();
  made->callback([&] {
    program.code = linli::app::pack_new(program.terminal, options.packs_folder, options.made);
  });

  CLI::App* migrate = program.command(program.app, "migrate", "Bring the database up to date");
  program.opening(migrate);
  migrate->add_flag("--destructive", options.destructive,
                    "drop columns that packs no longer declare");
  migrate->callback([&] {
    program.code = linli::app::migrate(program.terminal, program.common, options.destructive);
  });
  CLI::App* backup = program.command(program.app, "backup", "Copy a running installation");
  backup->add_option("folder", options.folder, "new folder for the copy")->required();
  backup->callback(
      [&] { program.code = linli::app::backup(program.terminal, program.common, options.folder); });
  CLI::App* restore = program.command(program.app, "restore", "Put a copy back");
  restore->add_option("folder", options.folder, "folder of the copy")->required();
  restore->add_option("--database", program.common.database, "PostgreSQL database to fill");
  restore->callback([&] {
    program.code = linli::app::restore(program.terminal, program.common, options.folder);
  });
  CLI::App* doctor = program.command(program.app, "doctor", "Say what is wrong and what to do");
  doctor->add_option("--web", program.common.web_folder, "built pages")->capture_default_str();
  doctor->callback([&] { program.code = linli::app::doctor(program.terminal, program.common); });
  CLI::App* openapi = program.app.add_subcommand("openapi", "Print the API's text");
  openapi->callback([&] { program.code = linli::app::print_openapi(program.terminal); });
}

struct PeopleOptions {
  linli::app::UserCreate user;
  std::string name;
  std::vector<std::string> grants;
};

void add_people(Program& program, PeopleOptions& options) {
  CLI::App* user = program.app.add_subcommand("user", "Accounts")->require_subcommand(1);
  CLI::App* create = program.command(*user, "create", "Make an account");
  create->add_option("--name", options.user.name, "sign-in name")->required();
  create->add_option("--display-name", options.user.display_name, "the person's name");
  create->add_option("--password", options.user.password, "by default a random one, printed");
  create->add_option("--unit", options.user.unit, "department, such as housing");
  create->add_option("--grant", options.user.grants, "ROLE@PLACE, such as planner@620802");
  create->callback([&] {
    program.code = linli::app::user_create(program.terminal, program.common, options.user);
  });
  CLI::App* list = program.command(*user, "list", "All who sign in with a name");
  list->callback([&] { program.code = linli::app::user_list(program.terminal, program.common); });
  CLI::App* disable = program.command(*user, "disable", "End an account and its sessions");
  disable->add_option("name", options.name, "sign-in name")->required();
  disable->callback([&] {
    program.code = linli::app::user_disable(program.terminal, program.common, options.name);
  });
  CLI::App* password = program.command(*user, "password", "Give a new random password");
  password->add_option("name", options.name, "sign-in name")->required();
  password->callback([&] {
    program.code = linli::app::user_password(program.terminal, program.common, options.name);
  });

  CLI::App* key = program.app.add_subcommand("key", "API keys")->require_subcommand(1);
  CLI::App* key_create =
      program.command(*key, "create", "Print one new key, for Open311 or the API");
  key_create->add_option("--name", options.name, "who will use it")->required();
  key_create->add_option("--grant", options.grants, "ROLE@PLACE; by default it may file requests");
  key_create->callback([&] {
    program.code =
        linli::app::key_create(program.terminal, program.common, options.name, options.grants);
  });
  CLI::App* key_list = program.command(*key, "list", "All keys, by the name of who uses them");
  key_list->callback(
      [&] { program.code = linli::app::key_list(program.terminal, program.common); });
  CLI::App* key_disable = program.command(*key, "disable", "End the keys of a name");
  key_disable->add_option("name", options.name, "who used it")->required();
  key_disable->callback([&] {
    program.code = linli::app::key_disable(program.terminal, program.common, options.name);
  });
}

}  // namespace

int main(int count, char** words) {
  Program program;
  linli::app::Serve serve;
  DataOptions data;
  CareOptions care;
  PeopleOptions people;
  PlanOptions plan;
  // A person at a terminal reads progress and results; the log is the server's.
  linli::log::set_threshold(linli::log::Severity::warning);
  program.app.require_subcommand(1);
  add_serve(program, serve);
  add_data(program, data);
  add_care(program, care);
  add_people(program, people);
  add_plan(program, plan);
  try {
    program.app.parse(count, words);
  } catch (const CLI::RequiredError& wrong) {
    // A word that is no command is the mistake, not the command that it stands for.
    const std::vector<std::string> unknown = program.app.remaining(true);
    if (unknown.empty()) {
      program.app.exit(wrong);
      return 2;
    }
    std::cerr << unknown.front()
              << " is no command or option.\nRun with --help for more information.\n";
    return 2;
  } catch (const CLI::ParseError& wrong) {
    const int code = program.app.exit(wrong);
    return code == 0 ? 0 : 2;
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << "\n";
    return 3;
  }
  return program.code;
}
