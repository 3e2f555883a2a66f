#include "db/admission.h"

namespace linli::db {

Admission::Admission(size_t slots, size_t writers) : most_writers_(writers) {
  for (size_t slot = slots; slot > 0; --slot) idle_.push_back(slot - 1);
}

size_t Admission::take(bool writing) {
  Waiting self;
  std::unique_lock lock(mutex_);
  (writing ? writing_ : reading_).push_back(&self);
  admit();
  self.admitted.wait(lock, [&] { return self.in; });
  return self.slot;
}

void Admission::give_back(size_t slot, bool writing) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(slot);
  if (writing) --writers_;
  admit();
}

size_t Admission::waiting() const {
  const std::lock_guard lock(mutex_);
  return reading_.size() + writing_.size();
}

// The mutex is held: whoever waits lives as long.
void Admission::admit() {
  while (!idle_.empty()) {
    const bool may_write = !writing_.empty() && writers_ < most_writers_;
    const bool write = may_write && (reading_.empty() || writers_ == 0);
    if (!write && reading_.empty()) return;
    std::deque<Waiting*>& queue = write ? writing_ : reading_;
    Waiting& next = *queue.front();
    queue.pop_front();
    next.slot = idle_.back();
    idle_.pop_back();
    if (write) ++writers_;
    next.in = true;
    next.admitted.notify_one();
  }
}

}  // namespace linli::db
