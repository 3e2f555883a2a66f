// One use case on one record: what it needs to decide, save and tell.
#pragma once

#include <string>
#include <vector>

#include "domain/registers/types.h"
#include "domain/registers/vault.h"
#include "host/services.h"

namespace linli::registers {

struct Work {
  Work(db::Tx& open, host::Services& shared, const Source& by, const pack::Register& declared)
      : tx(open), services(shared), source(by), layout(declared) {}

  const pack::Register& kind() const { return layout.kind; }
  time::Date today() const { return time::date_of(source.at); }
  store::Key key_of(const Record& record) const {
    return {kind().key, record.village(), record.id};
  }

  // Refuses `record.not_found`.
  Result<store::Row> load_row(std::string_view id) const;
  Result<Record> load(std::string_view id) const;
  // Refuses what only the other records can tell: `reference.not_found`, `field.not_unique`.
  Done check_against_others(const Record& record, const Values& before) const;
  void remember(const Record& record, std::string action, std::vector<FieldChange> changes) const;
  void announce(const Record& record, const std::string& what, json::Value data) const;
  // Tells the observers; no row on a side: it did not exist, or does no more.
  void tell(const store::Row* before, const std::vector<LabelPeriod>& labels_before,
            const store::Row* after, const std::vector<LabelPeriod>& labels_after) const;

  db::Tx& tx;
  host::Services& services;
  const Source& source;
  const Layout layout;
};

// All periods, as a Change shows them.
std::vector<host::HeldLabel> held_labels(const std::vector<LabelPeriod>& periods);

}  // namespace linli::registers
