#include "domain/siting/api.h"

#include "domain/siting/ground.h"
#include "domain/siting/inquiry.h"
#include "domain/siting/minutes.h"
#include "domain/siting/rules.h"
#include "domain/siting/wire.h"
#include "engine/siting/solve.h"

namespace linli::siting {

namespace {

// Of the work; walking to all spots and searching take about as long.
constexpr double kUntilReach = 0.05;
constexpr double kUntilSearch = 0.5;

}  // namespace

Result<json::Value> find_sites(host::Services& services, circles::Circles& circles,
                               host::Run& run) {
  const Inquiry inquiry = TRY(read_inquiry(*services.content, run.asked.question));
  Ground ground = TRY(ground_of(services, circles, inquiry, time::now()));
  run.tell(kUntilReach, {});
  Reach reach = reach_of(ground, slack_of(inquiry), run.stop, [&](double done) {
    run.tell(kUntilReach + (kUntilSearch - kUntilReach) * done, {});
  });
  const Question question = question_of(inquiry, ground, std::move(reach));
  Control control{.seed = static_cast<uint64_t>(run.asked.seed), .stop = run.stop};
  control.progress = [&](const Progress& progress) {
    run.tell(kUntilSearch + (1 - kUntilSearch) * progress.done,
             json::Object{{"value", progress.value}, {"bound", progress.bound}});
  };
  const Answer answer = TRY(solve(question, control));
  std::optional<Answer> standing;
  if (inquiry.count_room) standing = TRY(serve(standing_of(ground, question)));
  return answer_of(inquiry, ground,
                   finding_of(ground, question, answer, standing ? &*standing : nullptr));
}

}  // namespace linli::siting
