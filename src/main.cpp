// The command line of Linli: words to functions, nothing else.
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "core/log.h"

namespace {

using linli::app::Common;
using linli::app::Terminal;
using linli::app::words;

// What every command takes, and its exit code when it was chosen.
struct Program {
  CLI::App app{"", "linli"};
  Terminal terminal;
  Common common;
  int code = 0;

  CLI::App* command(CLI::App& parent, const std::string& name) {
    CLI::App* made = parent.add_subcommand(name);
    made->add_option("--data", common.data_folder)->capture_default_str();
    made->add_option("--packs", common.packs_folder)->capture_default_str();
    return made;
  }
  void opening(CLI::App* made) {
    made->add_option("--database", common.database);
    made->add_option("--region", common.region);
    made->add_option("--use", common.packs);
  }
};

void add_serve(Program& program, linli::app::Serve& options) {
  CLI::App* serve = program.command(program.app, "serve");
  serve->add_option("--address", options.address)->capture_default_str();
  serve->add_option("--port", options.port)->capture_default_str()->check(CLI::Range(0, 65535));
  serve->add_option("--workers", options.workers)->capture_default_str()->check(CLI::Range(1, 256));
  serve->add_option("--web", program.common.web_folder)->capture_default_str();
  serve->add_option("--tls-certificate", options.tls_certificate);
  serve->add_option("--tls-key", options.tls_key);
  serve->add_flag("--behind-proxy", options.behind_proxy);
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
  CLI::App* demo = program.command(program.app, "demo");
  program.opening(demo);
  demo->add_option("--persons", options.demo.persons)
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000'000));
  demo->add_option("--seed", options.demo.seed)->capture_default_str();
  demo->add_flag("--everywhere", options.demo.everywhere);
  demo->callback(
      [&] { program.code = linli::app::demo(program.terminal, program.common, options.demo); });

  CLI::App* import = program.app.add_subcommand("import")->require_subcommand(1);
  CLI::App* divisions = program.command(*import, "divisions");
  program.opening(divisions);
  divisions->add_option("folder", options.folder)->required();
  divisions->add_flag("--create", options.create);
  divisions->add_flag("--demo-outbox", options.demo_outbox);
  divisions->callback([&] {
    program.code = linli::app::import_divisions(program.terminal, program.common, options.folder,
                                                options.create, options.demo_outbox);
  });
  CLI::App* osm = program.command(*import, "osm");
  osm->add_option("file", options.file)->required();
  osm->callback([&] {
    program.code = linli::app::import_osm(program.terminal, program.common, options.file);
  });
  CLI::App* records = program.command(*import, "register");
  records->add_option("kind", options.import.kind)->required();
  records->add_option("file", options.import.file)->required();
  records->add_option("--place", options.import.place);
  records->add_flag("--dry-run", options.import.dry_run);
  records->callback([&] {
    program.code = linli::app::import_register(program.terminal, program.common, options.import);
  });

  CLI::App* out = program.app.add_subcommand("export")->require_subcommand(1);
  CLI::App* sheet = program.command(*out, "register");
  sheet->add_option("kind", options.kind)->required();
  sheet->add_option("file", options.file)->required();
  sheet->add_option("--place", options.place);
  sheet->callback([&] {
    program.code = linli::app::export_register(program.terminal, program.common, options.kind,
                                               options.place, options.file);
  });
  CLI::App* tiles = program.command(*out, "tiles");
  tiles->add_option("file", options.file)->required();
  tiles->add_option("--place", options.place);
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
  CLI::App* plan = program.app.add_subcommand("plan")->require_subcommand(1);
  CLI::App* list = plan->add_subcommand("list");
  list->add_option("--pack", options.pack)->required();
  list->add_flag("--json", options.values.json);
  list->callback([&] {
    program.code = linli::app::plan_list(program.terminal, options.pack, options.values.json);
  });
  CLI::App* verify = plan->add_subcommand("verify");
  verify->add_option("file", options.evidence)->required();
  verify->callback([&] { program.code = linli::app::verify(program.terminal, options.evidence); });
  CLI::App* values = program.command(*plan, "values");
  values->add_option("--pack,--plan", options.values.plan)->required();
  values->add_option("--place", options.values.place);
  values->add_flag("--json", options.values.json);
  values->callback([&] {
    program.code = linli::app::plan_values(program.terminal, program.common, options.values);
  });
}

void add_care(Program& program, CareOptions& options) {
  CLI::App* pack = program.app.add_subcommand("pack")->require_subcommand(1);
  CLI::App* check = pack->add_subcommand("check");
  check->add_option("folder", options.packs_folder)->capture_default_str();
  check->add_option("--use", options.packs);
  check->callback([&] {
    program.code = linli::app::pack_check(program.terminal, options.packs_folder, options.packs);
  });

  CLI::App* made = pack->add_subcommand("new");
  made->add_option("name", options.made.name)->required();
  made->add_option("--territory", options.made.territory)->required();
  made->add_option("--from", options.made.first_year)->capture_default_str();
  made->add_option("--to", options.made.last_year)->capture_default_str();
  made->add_option("--packs", options.packs_folder)->capture_default_str();
  made->callback([&] {
    program.code = linli::app::pack_new(program.terminal, options.packs_folder, options.made);
  });

  CLI::App* migrate = program.command(program.app, "migrate");
  program.opening(migrate);
  migrate->add_flag("--destructive", options.destructive);
  migrate->callback([&] {
    program.code = linli::app::migrate(program.terminal, program.common, options.destructive);
  });
  CLI::App* backup = program.command(program.app, "backup");
  backup->add_option("folder", options.folder)->required();
  backup->callback(
      [&] { program.code = linli::app::backup(program.terminal, program.common, options.folder); });
  CLI::App* restore = program.command(program.app, "restore");
  restore->add_option("folder", options.folder)->required();
  restore->add_option("--database", program.common.database);
  restore->callback([&] {
    program.code = linli::app::restore(program.terminal, program.common, options.folder);
  });
  CLI::App* doctor = program.command(program.app, "doctor");
  doctor->add_option("--web", program.common.web_folder)->capture_default_str();
  doctor->callback([&] { program.code = linli::app::doctor(program.terminal, program.common); });
  CLI::App* openapi = program.app.add_subcommand("openapi");
  openapi->callback([&] { program.code = linli::app::print_openapi(program.terminal); });
}

struct PeopleOptions {
  linli::app::UserCreate user;
  std::string name;
  std::vector<std::string> grants;
};

void add_people(Program& program, PeopleOptions& options) {
  CLI::App* user = program.app.add_subcommand("user")->require_subcommand(1);
  CLI::App* create = program.command(*user, "create");
  create->add_option("--name", options.user.name)->required();
  create->add_option("--display-name", options.user.display_name);
  create->add_option("--password", options.user.password);
  create->add_option("--unit", options.user.unit);
  create->add_option("--grant", options.user.grants);
  create->callback([&] {
    program.code = linli::app::user_create(program.terminal, program.common, options.user);
  });
  CLI::App* list = program.command(*user, "list");
  list->callback([&] { program.code = linli::app::user_list(program.terminal, program.common); });
  CLI::App* disable = program.command(*user, "disable");
  disable->add_option("name", options.name)->required();
  disable->callback([&] {
    program.code = linli::app::user_disable(program.terminal, program.common, options.name);
  });
  CLI::App* password = program.command(*user, "password");
  password->add_option("name", options.name)->required();
  password->callback([&] {
    program.code = linli::app::user_password(program.terminal, program.common, options.name);
  });

  CLI::App* key = program.app.add_subcommand("key")->require_subcommand(1);
  CLI::App* key_create = program.command(*key, "create");
  key_create->add_option("--name", options.name)->required();
  key_create->add_option("--grant", options.grants);
  key_create->callback([&] {
    program.code =
        linli::app::key_create(program.terminal, program.common, options.name, options.grants);
  });
  CLI::App* key_list = program.command(*key, "list");
  key_list->callback(
      [&] { program.code = linli::app::key_list(program.terminal, program.common); });
  CLI::App* key_disable = program.command(*key, "disable");
  key_disable->add_option("name", options.name)->required();
  key_disable->callback([&] {
    program.code = linli::app::key_disable(program.terminal, program.common, options.name);
  });
}

// Gives a command, its options and the commands below it their texts.
void describe(const Terminal& terminal, CLI::App& app, const std::string& key) {
  const auto text = [&](const std::string& of) { return words(terminal.language(), of); };
  app.description(text(key));
  app.get_formatter()->label("Usage", text("help.usage"));
  app.get_formatter()->label("OPTIONS", text("help.options"));
  app.get_formatter()->label("Positionals", text("help.positionals"));
  app.get_formatter()->label("SUBCOMMAND", text("help.subcommand"));
  app.get_formatter()->label("REQUIRED", text("help.required"));
  for (CLI::Option* option : app.get_options()) {
    const std::string own = key + "." + option->get_single_name();
    const std::string said = text(own);
    option->description(said == own ? text("help." + option->get_single_name()) : said);
    if (option->nonpositional()) option->group(text("help.options"));
  }
  for (CLI::App* below : app.get_subcommands({})) {
    below->group(text("help.subcommands"));
    describe(terminal, *below, key + "." + below->get_name());
  }
}

// One sentence on what is wrong with a command line, and where to look; the exit code.
int refuse(const Program& program, const CLI::ParseError& wrong) {
  if (wrong.get_exit_code() == 0) return program.app.exit(wrong);  // help was asked for
  // A word that is no command is the mistake, not the command that it stands for.
  const std::vector<std::string> unknown = program.app.remaining(true);
  const std::string reason = wrong.what();
  const size_t option = reason.find("--");
  std::string word = reason.substr(option == std::string::npos ? 0 : option);
  word = word.substr(0, word.find_first_of(" :="));
  std::string range = reason.substr(std::min(reason.size(), reason.rfind("range ") + 6));
  if (const size_t to = range.find(" to "); to != std::string::npos) range.replace(to, 4, "–");
  std::string key = "usage." + wrong.get_name();
  if (!unknown.empty() &&
      (wrong.get_name() == "RequiredError" || wrong.get_name() == "ExtrasError")) {
    key = "usage.unknown";
    word = unknown.front();
  } else if (wrong.get_name() == "RequiredError" &&
             reason.find("subcommand") != std::string::npos) {
    key = "usage.no_command";
  } else if (words(program.terminal.language(), key) == key) {
    key = "usage.wrong";
    word = reason;
  }
  for (const std::string& line : {key, std::string("usage.see_help")}) {
    std::cerr << words(program.terminal.language(), line, {{"word", word}, {"range", range}})
              << "\n";
  }
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
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
  describe(program.terminal, program.app, "help");
  try {
    program.app.parse(count, arguments);
  } catch (const CLI::ParseError& wrong) {
    return refuse(program, wrong);
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << "\n";
    return 3;
  }
  return program.code;
}
