#include "domain/registers/exports.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unordered_map>

#include "core/csv.h"
#include "core/id.h"
#include "core/workbook.h"
#include "domain/places/api.h"
#include "domain/registers/imports.h"
#include "domain/registers/values.h"
#include "domain/registers/view.h"

namespace linli::registers {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr auto kKept = std::chrono::hours(1);

std::filesystem::path folder(const host::Services& services) {
  return std::filesystem::path(services.settings.data_folder) / "exports";
}

class Sheet {
 public:
  Sheet(db::Tx& tx, host::Services& services, const host::Actor& actor, const pack::Register& kind,
        std::string_view language, datum::Datum datum)
      : tx_(tx),
        services_(services),
        actor_(actor),
        layout_(kind),
        language_(language),
        datum_(datum) {}

  csv::Row header() const {
    const bool english = language_ == "en";
    csv::Row cells = {"id", "place", english ? "Place name" : "地区名称"};
    for (const pack::Field& field : layout_.kind.fields) {
      cells.push_back(english && !field.label.en.empty() ? field.label.en : field.label.zh);
    }
    return cells;
  }

  csv::Row cells(const store::Row& row) {
    const Record record = unseal(layout_, services_.keyring, row);
    const std::vector<std::string>& roles = roles_of(row.place);
    csv::Row cells = {row.id, row.place.text(), name_of(row.place)};
    for (size_t i = 0; i < layout_.kind.fields.size(); ++i) {
      const pack::Field& field = layout_.kind.fields[i];
      cells.push_back(sees(field.see, roles) ? cell(field, masked(field, record.values[i]))
                                             : std::string());
    }
    return cells;
  }

 private:
  std::string cell(const pack::Field& field, const Value& value) const {
    if (field.type != pack::FieldType::point || datum_ == datum::Datum::wgs84 || is_null(value)) {
      return to_cell(field, *services_.content, value, language_);
    }
    const json::Value point = to_wire(field, value);
    const cell::Position at = datum::from_wgs84({point.number("lon"), point.number("lat")}, datum_);
    char text[64];
    std::snprintf(text, sizeof text, "%.7f,%.7f", at.lon, at.lat);
    return std::string(datum::name_of(datum_)) + " " + text;
  }
  const std::vector<std::string>& roles_of(region::Code place) {
    const auto known = roles_.find(place);
    if (known != roles_.end()) return known->second;
    return roles_.emplace(place, roles_at(actor_, place)).first->second;
  }

  const std::string& name_of(region::Code place) {
    const auto known = names_.find(place);
    if (known != names_.end()) return known->second;
    return names_.emplace(place, places::name_of(tx_, place)).first->second;
  }

  db::Tx& tx_;
  host::Services& services_;
  const host::Actor& actor_;
  const Layout layout_;
  std::string_view language_;
  datum::Datum datum_;
  std::unordered_map<region::Code, std::vector<std::string>> roles_;
  std::unordered_map<region::Code, std::string> names_;
};

// What rows are written to.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual void write(const csv::Row& cells) = 0;
  virtual void close() = 0;
};

class Csv : public Rows {
 public:
  explicit Csv(const std::string& file) : file_(file), out_(file, std::ios::binary) {
    out_ << kByteOrderMark;
  }
  void write(const csv::Row& cells) override { out_ << csv::write(cells); }
  void close() override {
    out_.close();
    if (!out_) throw std::runtime_error("cannot write " + file_);
  }

 private:
  std::string file_;
  std::ofstream out_;
};

class Workbook : public Rows {
 public:
  explicit Workbook(const std::string& file) : out_(file) {}
  void write(const csv::Row& cells) override { out_.write(cells); }
  void close() override { out_.close(); }

 private:
  workbook::Writer out_;
};

}  // namespace

Export export_records(db::Tx& tx, host::Services& services, const host::Actor& actor,
                      const pack::Register& kind, const Filter& filter, std::string_view language,
                      Spreadsheet as, time::Instant now, datum::Datum datum) {
  constexpr int64_t kPage = 1000;
  std::filesystem::create_directories(folder(services));
  const bool workbook = as == Spreadsheet::xlsx;
  Export done{(folder(services) / (id::make(now) + (workbook ? ".xlsx" : ".csv"))).string(), 0};
  const std::unique_ptr<Rows> out =
      workbook ? std::unique_ptr<Rows>(std::make_unique<Workbook>(done.file))
               : std::make_unique<Csv>(done.file);
  Sheet sheet(tx, services, actor, kind, language, datum);
  out->write(sheet.header());
  Page page{.order = "place", .limit = kPage, .after = {}};
  while (true) {
    const std::vector<store::Row> rows = store::list(tx, kind, filter, page);
    done.rows += static_cast<int64_t>(rows.size());
    for (const store::Row& row : rows) out->write(sheet.cells(row));
    if (static_cast<int64_t>(rows.size()) < kPage) break;
    page.after = store::cursor(kind, page, rows.back());
  }
  out->close();
  return done;
}

void remove_old_exports(host::Services& services, time::Instant) {
  if (!std::filesystem::exists(folder(services))) return;
  const auto oldest = std::filesystem::file_time_type::clock::now() - kKept;
  for (const auto& entry : std::filesystem::directory_iterator(folder(services))) {
    if (entry.last_write_time() < oldest) std::filesystem::remove(entry.path());
  }
}

}  // namespace linli::registers
