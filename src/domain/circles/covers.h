// What is kept of the villages of a township, remembered until one of them is computed anew.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "domain/circles/store.h"
#include "domain/circles/types.h"
#include "engine/pack/types.h"
#include "host/services.h"

namespace linli::circles {

// The active villages under a place for one circle and group, by code, as kept.
std::vector<VillageCircle> villages_kept(db::Tx& tx, const host::Services& services,
                                         const pack::Circle& circle, std::string_view group,
                                         region::Code place);

// Safe for many threads. Whether what is remembered still holds is asked of the database, so that
// it holds in every server of an installation.
class Covers {
 public:
  // What Circles::covered says.
  std::vector<Covered> at(db::Tx& tx, const host::Services& services, const pack::Circle& circle,
                          std::string_view need, const std::string& group,
                          const std::vector<region::Code>& places);

 private:
  using Rows = std::shared_ptr<const std::vector<VillageCircle>>;
  struct Kept {
    store::Edition edition;
    Rows rows;
  };
  Rows township(db::Tx& tx, const host::Services& services, const pack::Circle& circle,
                const std::string& group, region::Code place);

  std::mutex mutex_;
  std::shared_ptr<const pack::Content> content_;
  std::map<std::tuple<region::Code, std::string, std::string>, Kept> kept_;  // circle, group
};

}  // namespace linli::circles
