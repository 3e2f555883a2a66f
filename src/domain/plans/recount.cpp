// Counting anew: what the records say against what is kept.
#include <algorithm>
#include <deque>
#include <future>
#include <set>
#include <thread>
#include <utility>

#include "core/log.h"
#include "domain/places/api.h"
#include "domain/plans/figures.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using region::Level;

constexpr size_t kDeltasAtOnce = 4000;
// Stretches that are read at once: more than processors, because they are taken in their order and
// a large one would leave the others idle.
constexpr unsigned kLeastAtOnce = 4;
constexpr unsigned kMostAtOnce = 8;

// A stretch of places that is counted at once: a place alone, or with all below it.
struct Stretch {
  Code place;
  bool whole = true;
  Code first() const { return place; }
  Code last() const { return whole ? Code(place.last()) : place; }
};

// Stretches are counties; the townships of a county that is all there is, so that there is always
// one to read while another is added.
void add_stretches(db::Tx& tx, Code place, Level whole, std::vector<Stretch>& all) {
  if (place.level() >= whole) {
    all.push_back({place, true});
    return;
  }
  all.push_back({place, false});
  Code after = place;
  for (;;) {
    const std::vector<places::Place> children = places::children(tx, place, after, 200, true);
    for (const places::Place& child : children) add_stretches(tx, child.code, whole, all);
    if (children.size() < 200) return;
    after = children.back().code;
  }
}

std::vector<Stretch> stretches(host::Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Stretch>> {
    std::vector<Stretch> all;
    const Code region = TRY(Code::parse(services.settings.region));
    add_stretches(tx, region, region.level() < Level::county ? Level::county : Level::township,
                  all);
    return all;
  }));
}

// What is missing at the stretch's places: what their records contribute less what is kept.
Deltas missing(db::Tx& tx, host::Services& services, const std::vector<Generation>& generations,
               const Stretch& stretch) {
  Deltas deltas;
  std::set<std::string_view> kinds;
  std::vector<int64_t> counted;
  for (const Generation& generation : generations) {
    if (generation.counter->kind == Counter::Kind::places) continue;
    kinds.insert(generation.counter->subject());
    counted.push_back(generation.id);
  }
  for (const std::string_view kind : kinds) {
    const std::vector<const Generation*> concerned = of_kind(generations, kind);
    expr::Needs needs;
    for (const Generation* generation : concerned) add_needs(*generation->counter, needs);
    for (const host::Module& module : services.modules) {
      const auto record = [&](const host::Change::Side& side) {
        count(concerned, side, 1, deltas);
      };
      if (module.records &&
          module.records(tx, services, kind, stretch.first(), stretch.last(), &needs, record)) {
        break;
      }
    }
  }
  for (const auto& [spot, value] : store::own(tx, counted, stretch.first(), stretch.last())) {
    deltas[spot] -= value;
  }
  std::erase_if(deltas, [](const auto& delta) { return delta.second == 0; });
  return deltas;
}

// A mark for every place that some of the generations count.
Deltas marks(db::Tx& tx, const std::vector<Generation>& generations, const Stretch& stretch) {
  Deltas marked;
  for (const Generation& generation : generations) {
    if (generation.counter->kind != Counter::Kind::places) continue;
    if (!stretch.whole) {
      if (stretch.place.level() == generation.counter->level)
        marked[{generation.id, stretch.place, "", 0}] = 0;
      continue;
    }
    places::each(tx, stretch.place, generation.counter->level, [&](const places::Place& place) {
      marked[{generation.id, place.code, "", 0}] = 0;
      return true;
    });
  }
  return marked;
}

// Place by place, so that each is judged once.
using Found = std::vector<std::pair<Spot, int64_t>>;

Found found_at(db::Tx& tx, host::Services& services, const std::vector<Generation>& generations,
               const Stretch& stretch) {
  Deltas deltas = missing(tx, services, generations, stretch);
  deltas.merge(marks(tx, generations, stretch));
  Found found(deltas.begin(), deltas.end());
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first.place < b.first.place; });
  return found;
}

int64_t wrong_in(const Additions& additions) {
  return std::count_if(additions.begin(), additions.end(),
                       [](const auto& each) { return each.second.own != 0; });
}

// Each stretch in a snapshot of its own, several at once; what was read of them goes to `take` in
// their order.
template <typename Read, typename Take>
void read_ahead(host::Services& services, const std::vector<Stretch>& stretches, const Read& read,
                const Take& take) {
  const size_t at_once =
      std::clamp(2 * std::thread::hardware_concurrency(), kLeastAtOnce, kMostAtOnce);
  using What = std::invoke_result_t<Read, db::Tx&, const Stretch&>;
  std::deque<std::future<What>> ahead;
  for (size_t next = 0; next < stretches.size() || !ahead.empty();) {
    while (next < stretches.size() && ahead.size() < at_once) {
      ahead.push_back(std::async(std::launch::async, [&, stretch = stretches[next++]] {
        return MUST(
            services.database.read([&](db::Tx& tx) -> Result<What> { return read(tx, stretch); }));
      }));
    }
    const What what = ahead.front().get();
    ahead.pop_front();
    take(what);
  }
}

// Returns how many numbers were wrong.
int64_t add_found(Figures& figures, host::Services& services, const Found& found) {
  int64_t wrong = 0;
  for (size_t first = 0; first < found.size();) {
    size_t end = std::min(first + kDeltasAtOnce, found.size());
    while (end < found.size() && found[end].first.place == found[end - 1].first.place) ++end;
    wrong += MUST(services.database.transact([&](db::Tx& tx) -> Result<int64_t> {
      store::lock_fold(tx);
      const Additions additions = folded(tx, figures.kept(tx, services)->generations,
                                         std::span(found).subspan(first, end - first));
      store::add(tx, additions);
      return wrong_in(additions);
    }));
    first = end;
  }
  return wrong;
}

// What differs in each stretch is added while the next ones are read: whatever happens meanwhile
// writes its own differences, so that both add up.
int64_t count_anew(Figures& figures, host::Services& services,
                   const std::vector<Generation>& generations,
                   const std::vector<Stretch>& stretches) {
  int64_t wrong = 0;
  read_ahead(
      services, stretches,
      [&](db::Tx& tx, const Stretch& stretch) {
        return found_at(tx, services, generations, stretch);
      },
      [&](const Found& found) { wrong += add_found(figures, services, found); });
  return wrong;
}

std::shared_ptr<const Kept> kept_now(Figures& figures, host::Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::shared_ptr<const Kept>> {
    return figures.kept(tx, services);
  }));
}

}  // namespace

int64_t count_whole(Figures& figures, host::Services& services,
                    const std::vector<Generation>& generations) {
  return count_anew(figures, services, generations, stretches(services));
}

void settle(Figures& figures, host::Services& services) {
  fold_all(figures, services);
  for (;;) {
    const auto stale = MUST(services.database.read(
        [](db::Tx& tx) -> Result<std::optional<store::Stale>> { return store::any_stale(tx); }));
    if (!stale) return;
    count_anew(figures, services, kept_now(figures, services)->generations, {{stale->place, true}});
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      store::clear_stale(tx, *stale);
      return {};
    }));
    fold_all(figures, services);
  }
}

int64_t compare(Figures& figures, host::Services& services, bool correct) {
  settle(figures, services);
  const auto kept = kept_now(figures, services);
  if (correct) return count_whole(figures, services, kept->generations);
  int64_t wrong = 0;
  read_ahead(
      services, stretches(services),
      [&](db::Tx& tx, const Stretch& stretch) {
        return wrong_in(
            folded(tx, kept->generations, found_at(tx, services, kept->generations, stretch)));
      },
      [&](int64_t more) { wrong += more; });
  return wrong;
}

}  // namespace linli::plans
