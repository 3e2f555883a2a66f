// Keeping the figures: differences as they happen, folds, counting anew, days and months.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "domain/plans/rules.h"
#include "domain/plans/types.h"
#include "engine/indicator/counter.h"
#include "host/services.h"

namespace linli::plans {

// The counters of a content and their generations, as one transaction saw them.
struct Kept {
  std::shared_ptr<const pack::Content> content;
  std::shared_ptr<const indicator::Book> book;
  int64_t version = -1;
  std::vector<Generation> generations;

  // The generation to read from; null when there is none yet.
  const Generation* live(const indicator::Counter& counter) const;
};

// What one server remembers between transactions. Safe from any thread.
class Figures {
 public:
  std::shared_ptr<const Kept> kept(db::Tx& tx, const host::Services& services);

 private:
  std::mutex mutex_;
  std::shared_ptr<const Kept> kept_;
};

// The observer: writes what the change adds and takes away.
void observe(Figures& figures, db::Tx& tx, host::Services& services, const host::Change& change);

// Folds all differences that are waiting, and counts villages anew whose attributes changed.
void settle(Figures& figures, host::Services& services);

// Keeps the stocks of ten days and months that have ended; counts generations that are missing for
// the content and the day, and drops those that nothing asks for; once a day compares and corrects.
void turn(Figures& figures, host::Services& services, time::Instant now);

// Compares every figure with the records; returns how many numbers were wrong, and puts them right
// when asked.
int64_t compare(Figures& figures, host::Services& services, bool correct);

// Counts these generations anew at all places and adds what differs. Returns how many numbers were
// wrong.
int64_t count_whole(Figures& figures, host::Services& services,
                    const std::vector<Generation>& generations);

// What a fold may ask of the database.
World world_of(db::Tx& tx);
// What differences add, with the places that are judged by them.
Additions folded(db::Tx& tx, const std::vector<Generation>& generations,
                 std::span<const std::pair<Spot, int64_t>> deltas);
// Folds all differences that are waiting.
void fold_all(Figures& figures, host::Services& services);
std::vector<const Generation*> of_kind(const std::vector<Generation>& generations,
                                       std::string_view kind);
// Adds `sign` times what a record contributes to each of the generations.
void count(const std::vector<const Generation*>& generations, const host::Change::Side& side,
           int64_t sign, Deltas& deltas);

}  // namespace linli::plans
