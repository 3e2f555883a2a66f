#include "domain/plans/api.h"

#include "domain/plans/store.h"

namespace linli::plans {

void save_statistic(db::Tx& tx, const Statistic& statistic) {
  store::save_statistic(tx, statistic);
}

}  // namespace linli::plans
