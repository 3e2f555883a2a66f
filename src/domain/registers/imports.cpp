#include "domain/registers/imports.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/id.h"
#include "core/log.h"
#include "core/text.h"
#include "core/workbook.h"
#include "domain/registers/api.h"
#include "domain/registers/import_store.h"
#include "domain/registers/view.h"

namespace linli::registers {

namespace {

constexpr size_t kRowsAtOnce = 200;
constexpr size_t kHeadBytes = 16 * 1024;
constexpr time::Instant kStale = 2 * time::kMinute;

std::filesystem::path folder(const host::Services& services) {
  return std::filesystem::path(services.settings.data_folder) / "imports";
}

using TakeRow = std::function<bool(int64_t line, const csv::Row& cells)>;

// A table as people bring it: CSV as a stream, or a workbook as a whole.
struct Sheet {
  bool workbook = false;
  csv::Format format = {};
  csv::Row header = {};

  Done read(std::istream& in, const TakeRow& row) const {
    if (!workbook) return csv::read(in, format, row);
    std::stringstream file;
    file << in.rdbuf();
    return workbook::read(std::move(file).str(), row);
  }
};

Result<Sheet> read_head(std::istream& in) {
  std::string head(kHeadBytes, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  Sheet sheet;
  sheet.workbook = workbook::is_workbook(head);
  if (!sheet.workbook) sheet.format = csv::detect(head);
  TRY(sheet.read(in, [&](int64_t, const csv::Row& cells) {
    sheet.header = cells;
    return false;
  }));
  in.clear();
  in.seekg(0);
  return sheet;
}

// The columns' meaning: what was said over what can be guessed.
Result<std::map<std::string, std::string>> settle_mapping(
    const pack::Register& kind, const csv::Row& header,
    const std::map<std::string, std::string>& said) {
  std::map<std::string, std::string> mapping = guess_mapping(kind, header);
  for (const auto& [column, target] : said) {
    const bool known =
        target.empty() || target == "place" || target == "id" || kind.field(target) != nullptr;
    if (!known || mapping.find(column) == mapping.end()) {
      return refuse_fields({{"/mapping", "import.bad_mapping", column + ":" + target}},
                           "import.bad_mapping");
    }
    mapping[column] = target;
  }
  for (const auto& [column, target] : mapping) {
    if (kind.field(target) != nullptr) return mapping;
  }
  return refuse(ErrorKind::invalid, "import.no_columns");
}

void complain(Import& import, std::vector<ImportError>& errors, int64_t line,
              const Refusal& refusal) {
  ++import.rejected;
  std::vector<FieldError> fields = refusal.fields;
  if (fields.empty()) fields.push_back({"", refusal.code, ""});
  for (const FieldError& error : fields) {
    if (import.errors.size() + errors.size() >= kErrorsKept) return;
    const size_t slash = error.pointer.rfind('/');
    const std::string field =
        slash == std::string::npos ? error.pointer : error.pointer.substr(slash + 1);
    errors.push_back({line, field, error.code, error.expected});
  }
}

// Given back to roll a dry run's transaction back; nobody outside sees it.
const Refusal kRolledBack{ErrorKind::conflict, "", "dry run", {}};

// An import on its way through its sheet. A dry run is the same, each transaction rolled back.
struct Passage {
  host::Services& services;
  RowImport& rows;
  Import import;
  bool dry_run = false;
  const Clock& clock;

  // Applies the lines in one transaction and remembers in it how far the import is.
  Done apply(const std::vector<Line>& lines) {
    Import after;
    const Done done = services.database.transact([&](db::Tx& tx) -> Done {
      after = import;
      std::vector<ImportError> errors;
      for (const Line& line : lines) {
        after.line = line.number;
        const Done applied = rows.apply(tx, line.cells);
        if (applied) {
          ++after.accepted;
        } else {
          complain(after, errors, line.number, applied.error());
        }
      }
      if (!dry_run) store::advance(tx, after, errors, clock());
      after.errors.insert(after.errors.end(), errors.begin(), errors.end());
      if (dry_run) return refuse(Refusal(kRolledBack));
      return {};
    });
    if (!done && !(dry_run && done.error().code == kRolledBack.code)) return done;
    import = std::move(after);
    return {};
  }

  // A line that no transaction takes.
  Done reject(const Line& line, const Refusal& refusal) {
    std::vector<ImportError> errors;
    import.line = line.number;
    complain(import, errors, line.number, refusal);
    import.errors.insert(import.errors.end(), errors.begin(), errors.end());
    if (dry_run) return {};
    return services.database.transact([&](db::Tx& tx) -> Done {
      store::advance(tx, import, errors, clock());
      return {};
    });
  }

  // As apply, line by line where the transaction as a whole could not be committed.
  Done apply_carefully(const std::vector<Line>& lines) {
    if (apply(lines)) return {};
    for (const Line& line : lines) {
      const Done alone = apply({line});
      if (!alone) TRY(reject(line, alone.error()));
    }
    return {};
  }

  // From behind import.line to the end of the sheet.
  Done walk(std::istream& in, const Sheet& sheet,
            const std::function<void(const Import&)>& progress) {
    std::vector<Line> lines;
    Done failed;
    const auto flush = [&]() -> Done {
      if (lines.empty()) return {};
      TRY(apply_carefully(lines));
      lines.clear();
      if (progress) progress(import);
      return {};
    };
    bool header = true;
    const Done read = sheet.read(in, [&](int64_t number, const csv::Row& cells) {
      const bool blank = cells.empty() || (cells.size() == 1 && cells[0].empty());
      if (std::exchange(header, false) || blank || number <= import.line) return true;
      lines.push_back({number, cells});
      if (lines.size() >= kRowsAtOnce) failed = flush();
      return failed.has_value();
    });
    TRY(std::move(failed));
    TRY(flush());
    return read;
  }

  // How it ended, and what is to be told of it.
  std::vector<ImportError> end(const Done& walked) {
    import.state = walked ? "finished" : "failed";
    if (walked) return {};
    const ImportError error{import.line, "", walked.error().code, walked.error().detail};
    import.errors.push_back(error);
    return {error};
  }
};

Importer importer_of(const host::Actor& actor, const pack::Register& kind) {
  if (actor.channel == "system") return {actor.account_id, actor.name, {region::Code()}};
  return {actor.account_id, actor.name, host::territories(actor, permission(kind, "import"))};
}

std::string hash_of(std::string_view text, const ImportOptions& options) {
  std::string all = options.place.text();
  for (const auto& [column, target] : options.mapping) all += "\n" + column + ":" + target;
  return text::hex(crypto::sha256(all + "\n\n" + std::string(text)));
}

}  // namespace

Result<Import> try_import(host::Services& services, const host::Actor& actor,
                          const pack::Register& kind, std::string_view text,
                          const ImportOptions& options, time::Instant now) {
  std::istringstream in{std::string(text)};
  const Sheet sheet = TRY(read_head(in));
  ImportOptions settled = options;
  settled.mapping = TRY(settle_mapping(kind, sheet.header, options.mapping));
  const Importer importer = importer_of(actor, kind);
  const Source source{actor.account_id, actor.name, "import", now};
  RowImport rows(services, kind, sheet.header, settled, importer, source);
  Import import{.kind = kind.key, .state = "finished", .place = options.place};
  import.mapping = settled.mapping;
  const Clock clock = [now] { return now; };
  Passage passage{services, rows, std::move(import), true, clock};
  passage.end(passage.walk(in, sheet, nullptr));
  return std::move(passage.import);
}

Result<Import> start_import(host::Services& services, const host::Actor& actor,
                            const pack::Register& kind, std::string_view text,
                            const ImportOptions& options, time::Instant now) {
  std::istringstream in{std::string(text)};
  const Sheet sheet = TRY(read_head(in));
  store::Undertaking wanted;
  wanted.options = options;
  wanted.options.mapping = TRY(settle_mapping(kind, sheet.header, options.mapping));
  wanted.import = {
      .id = id::make(now), .kind = kind.key, .state = "waiting", .place = options.place};
  wanted.import.mapping = wanted.options.mapping;
  wanted.file_hash = hash_of(text, wanted.options);
  wanted.importer = importer_of(actor, kind);
  wanted.file = (folder(services) / wanted.import.id).string();
  std::filesystem::create_directories(folder(services));
  std::ofstream file(wanted.file, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + wanted.file);

  const std::string id = TRY(services.database.transact([&](db::Tx& tx) -> Result<std::string> {
    if (const auto known = store::import_of_file(tx, kind.key, wanted.file_hash)) return *known;
    store::insert(tx, wanted, now);
    return wanted.import.id;
  }));
  if (id != wanted.import.id) std::filesystem::remove(wanted.file);
  return find_import(services, id);
}

Result<Import> run_import(host::Services& services, const std::string& id,
                          const std::function<void(const Import&)>& progress, const Clock& clock) {
  const time::Instant now = clock();
  const bool ours = TRY(services.database.transact(
      [&](db::Tx& tx) -> Result<bool> { return store::claim(tx, id, now, now - kStale); }));
  if (!ours) return find_import(services, id);
  const store::Undertaking undertaking = TRY(services.database.read(
      [&](db::Tx& tx) -> Result<store::Undertaking> { return *store::undertaking(tx, id); }));
  const pack::Register& kind = *TRY(register_named(*services.content, undertaking.import.kind));
  const Source source{undertaking.importer.account_id, undertaking.importer.name, "import:" + id,
                      now};
  std::ifstream in(undertaking.file, std::ios::binary);
  if (!in) throw std::runtime_error("the file of an import is gone: " + undertaking.file);
  const Sheet sheet = TRY(read_head(in));
  RowImport rows(services, kind, sheet.header, undertaking.options, undertaking.importer, source);
  Passage passage{services, rows, undertaking.import, false, clock};
  const std::vector<ImportError> errors = passage.end(passage.walk(in, sheet, progress));
  TRY(services.database.transact([&](db::Tx& tx) -> Done {
    store::advance(tx, passage.import, errors, clock());
    return {};
  }));
  in.close();
  std::filesystem::remove(undertaking.file);
  return find_import(services, id);
}

Result<Import> find_import(host::Services& services, const std::string& id) {
  return services.database.read([&](db::Tx& tx) -> Result<Import> {
    const auto found = store::undertaking(tx, id);
    if (!found) return refuse(ErrorKind::not_found, "import.not_found");
    return found->import;
  });
}

void continue_imports(host::Services& services, time::Instant now) {
  const std::vector<std::string> ids =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<std::string>> {
        return store::unfinished(tx, now - kStale);
      }));
  for (const std::string& id : ids) {
    const Result<Import> import = run_import(services, id);
    if (!import) log::warning("import.failed", {{"import", id}, {"code", import.error().code}});
  }
}

}  // namespace linli::registers
