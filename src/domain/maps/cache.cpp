#include "domain/maps/cache.h"

namespace linli::maps {
namespace {

// What an entry takes beside its bytes: key, list and table.
constexpr size_t kOverhead = 400;

size_t size_of(const Made& made) {
  return made.bytes->size() + kOverhead;
}

}  // namespace

std::shared_ptr<const std::string> Cache::find(const std::string& key, std::string_view tag) {
  const std::scoped_lock lock(mutex_);
  const auto known = of_.find(key);
  if (known == of_.end() || known->second->made.tag != tag) return nullptr;
  entries_.splice(entries_.begin(), entries_, known->second);
  return known->second->made.bytes;
}

void Cache::keep(const std::string& key, const Made& made) {
  if (size_of(made) > most_bytes_) return;
  const std::scoped_lock lock(mutex_);
  if (const auto known = of_.find(key); known != of_.end()) {
    bytes_ -= size_of(known->second->made);
    entries_.erase(known->second);
    of_.erase(known);
  }
  entries_.push_front({key, made});
  of_[key] = entries_.begin();
  bytes_ += size_of(made);
  while (bytes_ > most_bytes_) drop_last();
}

void Cache::drop_last() {
  bytes_ -= size_of(entries_.back().made);
  of_.erase(entries_.back().key);
  entries_.pop_back();
}

size_t Cache::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

}  // namespace linli::maps
