// Tiles that were made, as long as their state holds: the least used go first. Safe for many
// threads.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "domain/maps/types.h"

namespace linli::maps {

class Cache {
 public:
  explicit Cache(size_t most_bytes) : most_bytes_(most_bytes) {}

  // Null when there is none of that tag.
  std::shared_ptr<const std::string> find(const std::string& key, std::string_view tag);
  void keep(const std::string& key, const Made& made);
  size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    Made made;
  };
  void drop_last();

  const size_t most_bytes_;
  mutable std::mutex mutex_;
  size_t bytes_ = 0;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> of_;
};

}  // namespace linli::maps
