#include "app/modules.h"

#include "app/platform.h"
#include "domain/accounts/module.h"
#include "domain/cases/module.h"
#include "domain/circles/module.h"
#include "domain/gateways/module.h"
#include "domain/grids/module.h"
#include "domain/maps/module.h"
#include "domain/notices/module.h"
#include "domain/places/module.h"
#include "domain/plans/module.h"
#include "domain/registers/module.h"
#include "domain/reports/module.h"
#include "domain/rounds/module.h"
#include "domain/siting/module.h"
#include "host/computation.h"

namespace linli::app {

std::vector<host::Module> modules() {
  std::vector<host::Module> all;
  all.push_back(platform());
  all.push_back(host::computations());
  all.push_back(places::manifest());
  all.push_back(accounts::manifest());
  all.push_back(registers::manifest());
  all.push_back(notices::manifest());
  all.push_back(cases::manifest());
  all.push_back(plans::manifest());
  all.push_back(reports::manifest());
  const auto circles = std::make_shared<circles::Circles>();
  const auto maps = std::make_shared<maps::Maps>(circles);
  all.push_back(maps::manifest(maps));
  all.push_back(circles::manifest(circles));
  all.push_back(siting::manifest(circles));
  all.push_back(rounds::manifest(circles));
  all.push_back(grids::manifest(circles));
  all.push_back(gateways::manifest(maps));
  return all;
}

}  // namespace linli::app
