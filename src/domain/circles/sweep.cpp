#include "domain/circles/sweep.h"

#include <utility>

#include "domain/circles/facts.h"
#include "domain/circles/store.h"

namespace linli::circles {

void Sweep::begin(Circles& circles, host::Services& services, db::Tx& tx,
                  const std::string& basis) {
  const int64_t edition = store::facilities_edition(tx);
  if (content_ == services.content && basis_ == basis && edition_ == edition) return;
  end();
  facilities_ = circles::facilities(tx, services, circles.territory(services));
  content_ = services.content;
  basis_ = basis;
  edition_ = edition;
}

Result<CircleTimes*> Sweep::times(Circles& circles, host::Services& services,
                                  const pack::Circle& circle) {
  auto known = times_.find(circle.key);
  if (known == times_.end()) {
    CircleTimes made = TRY(circles.times(services, circle, facilities_));
    known = times_.emplace(circle.key, std::move(made)).first;
  }
  return &known->second;
}

}  // namespace linli::circles
