#include "domain/circles/module.h"

#include "domain/circles/routes.h"
#include "domain/circles/settle.h"

namespace linli::circles {

std::vector<db::Migration> migrations();

namespace {

// As long as a pass may keep the other jobs waiting.
constexpr time::Instant kMostAtOnce = 2 * time::kSecond;

}  // namespace

host::Module manifest(std::shared_ptr<Circles> circles) {
  std::vector<host::Route> routes;
  for (const auto& some : {reach_routes(circles), coverage_routes(circles), what_if_routes(circles),
                           household_routes(circles), colocation_routes(circles)}) {
    routes.insert(routes.end(), some.begin(), some.end());
  }
  return {
      .name = "circles",
      .about = "What is within reach of whom, on foot or otherwise.",
      .migrations = migrations(),
      .routes = std::move(routes),
      .jobs = {{.name = "circles.settle",
                .every_ms = 500,
                .run =
                    [circles, sweep = std::make_shared<Sweep>()](host::Services& services,
                                                                 time::Instant now) {
                      const time::Instant begun = time::now();
                      while (settle(*circles, *sweep, services, now) &&
                             time::now() - begun < kMostAtOnce) {
                      }
                    }},
               {.name = "circles.expect",
                .every_ms = 60'000,
                .run = [circles](host::Services& services,
                                 time::Instant) { expect_villages(services, *circles); }}},
      .observers = {{.name = "circles",
                     .changed =
                         [circles](db::Tx& tx, host::Services& services,
                                   const host::Change& change) {
                           observe(*circles, tx, services, change);
                         }}},
  };
}

}  // namespace linli::circles
