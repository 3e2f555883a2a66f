// What other modules may ask of the registers. Permissions are asked by the callers: these use
// cases know who does it only to write it down.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"
#include "core/json.h"
#include "domain/places/types.h"
#include "domain/registers/exports.h"
#include "domain/registers/features.h"
#include "domain/registers/imports.h"
#include "domain/registers/points.h"
#include "domain/registers/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::registers {

Source source_of(const host::Actor& actor, time::Instant now);

// Refuses `register.not_found`.
Result<const pack::Register*> register_named(const pack::Content& content, std::string_view key);

// Makes every declared table what its declaration says. Additive changes happen by themselves;
// those that lose values are refused with `register.destructive_change` unless `destructive`.
Done prepare(host::Services& services, time::Instant now, bool destructive);

// Whether the actor's roles over a place show a field in the clear.
bool shows(const host::Actor& actor, const pack::Field& field, region::Code place);

// Refuses `record.not_found`.
Result<Record> load(db::Tx& tx, host::Services& services, const pack::Register& kind,
                    std::string_view id);
// Records whose field is exactly this (as on the wire), sensitive fields included; a value that
// the field could not hold finds nothing.
std::vector<Record> find_exact(db::Tx& tx, host::Services& services, const pack::Register& kind,
                               std::string_view field, std::string_view value, time::Date today);
// The person of a phone number, for a resident who signs in or calls. None when it is nobody's or
// several persons'.
std::optional<Record> person_by_phone(db::Tx& tx, host::Services& services, std::string_view phone,
                                      time::Date today);

// Each of the three refuses `register.computed` where a module writes the records.
// Refuses what rules.h and the place refuse, `reference.not_found`, `field.not_unique` and
// `record.exists`. The same id with the same content again is the same answer again.
struct NewRecord {
  std::string id;  // empty: made here
  region::Code place;
  json::Value values;  // an object of fields as on the wire
};
Result<Record> create(db::Tx& tx, host::Services& services, const Source& source,
                      const pack::Register& kind, const NewRecord& wanted);

// Refuses also `record.changed_meanwhile`. Another place moves the record, which keeps its id,
// labels and history.
struct Edit {
  int64_t version = 0;
  std::optional<region::Code> place;
  json::Value values = json::Object{};
};
Result<Record> change(db::Tx& tx, host::Services& services, const Source& source,
                      const pack::Register& kind, std::string_view id, const Edit& edit);

// Moves a record to another place and changes nothing else: nothing is asked anew of its values.
// There already, it stays as it is. Refuses `record.not_found`, `record.changed_meanwhile` and what
// places::require_active refuses.
Result<Record> relocate(db::Tx& tx, host::Services& services, const Source& source,
                        const pack::Register& kind, std::string_view id, region::Code place);

// Refuses `record.referenced` while another record refers to it.
Done remove(db::Tx& tx, host::Services& services, const Source& source, const pack::Register& kind,
            std::string_view id, int64_t version);

std::vector<LabelPeriod> labels_of(db::Tx& tx, const pack::Register& kind, const Record& record);
// `period.id` may come from the client; who and when come from `source`.
Result<LabelPeriod> add_label(db::Tx& tx, host::Services& services, const Source& source,
                              const pack::Register& kind, std::string_view id, LabelPeriod period);
// Ends the period that holds on that day, or begins later; refuses `label.not_held`.
Done end_label(db::Tx& tx, host::Services& services, const Source& source,
               const pack::Register& kind, std::string_view id, std::string_view label,
               time::Date on);

// Bulk loads: records as they are, without checks, history, events or observers; figures must be
// computed anew afterwards.
struct Loaded {
  Record record;
  std::vector<LabelPeriod> labels;
};
// Records of one register, made ready (sealed, with the words that find them) outside of the
// transaction that writes them. `attributes` are those of the record's village.
class Load {
 public:
  Load(host::Services& services, const pack::Register& kind);
  ~Load();
  Load(Load&&) noexcept;
  Load& operator=(Load&&) noexcept;
  void add(const Loaded& loaded, const places::Attributes& attributes);
  void write(db::Tx& tx) const;

 private:
  struct Rows;
  std::unique_ptr<Rows> rows_;
};
// A load of very many records is several times faster without what every insert keeps in order
// (secondary indexes): taken away before it and made again, sorted, after it. Where that does not
// come to pass, prepare() makes them again at the next start. Refuses, making, `db.unique`.
void drop_indexes(host::Services& services, time::Instant now);
Done make_indexes(host::Services& services, time::Instant now);

// Makes the records of a village, of a register that a module computes, what is given. Records are
// the same where their first `keys` fields agree; what differs is written, and the observers are
// told. There is no history and no event.
void set_computed(db::Tx& tx, host::Services& services, const pack::Register& kind,
                  region::Code village, const std::vector<Values>& records, size_t keys,
                  time::Instant now);

// Every record of the places from `first` to `last`, by village and id: its id, and its values in
// the order of the register's scope. With `needs`, values that it does not name are null, and where
// it names no label there are none.
void each_record(
    db::Tx& tx, const pack::Register& kind, region::Code first, region::Code last,
    const std::function<void(const std::string& id, const host::Change::Side&)>& record,
    const expr::Needs* needs = nullptr);

// Suspected duplicates (REG-15): the same title with the same derived date, or where a register
// derives no date, the same title in the same village.
struct Duplicates {
  std::vector<Record> records;  // sensitive values left out
};
std::vector<Duplicates> duplicates(db::Tx& tx, const pack::Register& kind,
                                   const std::vector<region::Code>& territories, int64_t limit);

}  // namespace linli::registers
