// One register's records under a place, read by the names of their fields.
#pragma once

#include "domain/places/types.h"
#include "host/services.h"

namespace linli::grids {

class Sheet {
 public:
  Sheet(db::Tx& tx, host::Services& services, std::string_view key, region::Code under);

  const pack::Register* kind() const { return kind_; }  // none: no pack declares it
  // The slot of a field; that of one which no pack declares holds nothing.
  size_t slot(std::string_view field) const;
  void each(
      const std::function<void(const std::string& id, const host::Change::Side&)>& record) const;

 private:
  db::Tx& tx_;
  const pack::Register* kind_;
  region::Code under_;
};

std::string text_at(const host::Change::Side& side, size_t slot);  // empty: none
std::optional<places::Point> point_at(const host::Change::Side& side, size_t slot);

}  // namespace linli::grids
