// Labels: who belongs to which group, from when to when, on what evidence.
#include "core/id.h"
#include "domain/registers/api.h"
#include "domain/registers/rules.h"
#include "domain/registers/work.h"

namespace linli::registers {

namespace {

json::Value wire(const LabelPeriod& period) {
  return json::Object{{"label", period.label},
                      {"from", time::format_date(period.from)},
                      {"to", period.to ? json::Value(time::format_date(*period.to)) : nullptr},
                      {"evidence", period.evidence}};
}

// Writes history and event, and tells the observers what the labels were and are.
void finish(const Work& work, const store::Row& row, const std::vector<LabelPeriod>& before,
            const std::string& what, FieldChange change) {
  const Record record = open_part(work.layout, row);
  work.remember(record, what, {std::move(change)});
  work.announce(record, what, json::Object{});
  work.tell(&row, before, &row, store::labels(work.tx, work.key_of(record)));
}

}  // namespace

std::vector<LabelPeriod> labels_of(db::Tx& tx, const pack::Register& kind, const Record& record) {
  return store::labels(tx, {kind.key, record.village(), record.id});
}

Result<LabelPeriod> add_label(db::Tx& tx, host::Services& services, const Source& source,
                              const pack::Register& kind, std::string_view id, LabelPeriod period) {
  const Work work(tx, services, source, kind);
  const store::Row row = TRY(work.load_row(id));
  const store::Key key{kind.key, row.village(), row.id};
  const std::vector<LabelPeriod> present = store::labels(tx, key);
  for (const LabelPeriod& other : present) {
    if (other.id == period.id) return other;
  }
  TRY(check_label(kind, present, period));
  if (period.id.empty()) period.id = id::make(source.at);
  period.confirmed_by = source.actor_id;
  period.confirmed_by_name = source.actor_name;
  period.at = source.at;
  store::add_label(tx, key, period);
  finish(work, row, present, "labelled", {"label", nullptr, wire(period)});
  return period;
}

Done end_label(db::Tx& tx, host::Services& services, const Source& source,
               const pack::Register& kind, std::string_view id, std::string_view label,
               time::Date on) {
  const Work work(tx, services, source, kind);
  const store::Row row = TRY(work.load_row(id));
  const store::Key key{kind.key, row.village(), row.id};
  const std::vector<LabelPeriod> present = store::labels(tx, key);
  for (const LabelPeriod& period : present) {
    if (period.label != label || (period.to && *period.to <= on)) continue;
    LabelPeriod ended = period;
    ended.to = on;
    const bool never_held = on <= period.from;
    if (never_held) {
      store::remove_label(tx, key, period.id);
    } else {
      store::end_label(tx, key, period.id, on);
    }
    finish(work, row, present, "unlabelled",
           {"label", wire(period), never_held ? json::Value() : wire(ended)});
    return {};
  }
  return refuse(ErrorKind::not_found, "label.not_held", std::string(label));
}

}  // namespace linli::registers
