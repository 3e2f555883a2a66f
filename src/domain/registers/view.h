// How records look to the one who asks: fields and labels that his roles may see, sensitive values
// masked.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/json.h"
#include "domain/registers/vault.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::registers {

// The roles that the actor holds over a place.
std::vector<std::string> roles_at(const host::Actor& actor, region::Code place);

// The parts of the territories that lie in `place`.
std::vector<region::Code> cut_to(const std::vector<region::Code>& territories, region::Code place);

// Refuses `field.unknown` for names of fields, and of labels where `labels`, that the actor's roles
// over one of the places do not show.
Done refuse_hidden(const pack::Register& kind, const host::Actor& actor,
                   const std::vector<region::Code>& places, const std::vector<std::string>& names,
                   bool labels);

std::string permission(const pack::Register& kind, std::string_view verb);

class View {
 public:
  View(db::Tx& tx, const host::Services& services, const host::Actor& actor,
       const pack::Register& kind, time::Date today);

  void write_page(json::Writer& out, const std::vector<store::Row>& rows);
  // With created_at, derived values, all label periods and what may be revealed.
  void write_detail(json::Writer& out, const store::Row& row);
  void write_history(json::Writer& out, const HistoryItem& item, region::Code place);
  bool shows(const pack::Field& field, region::Code place);
  bool shows(const pack::Label& label, region::Code place);

 private:
  const std::vector<std::string>& roles(region::Code place);
  void name_places(const std::vector<store::Row>& rows);
  void write_common(json::Writer& out, const store::Row& row,
                    const std::vector<std::string>& labels);
  void write_titles(json::Writer& out, const store::Row& row);
  void write_derived(json::Writer& out, const store::Row& row,
                     const std::vector<std::string>& labels);
  // Whole: of all references; else only of those that lists show.
  void name_references(const std::vector<store::Row>& rows, bool whole);

  db::Tx& tx_;
  const host::Services& services_;
  const host::Actor& actor_;
  const Layout layout_;
  time::Date today_;
  std::unordered_map<region::Code, std::vector<std::string>> roles_;
  std::unordered_map<region::Code, std::string> place_names_;
  std::map<std::string, std::string> titles_;  // of referred records that the actor may read
};

}  // namespace linli::registers
