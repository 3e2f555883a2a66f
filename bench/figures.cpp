// Live figures under load: after one committed change, how long until every place above it has the
// right figures of all plans, while many others change records; and how long counting anew takes.
//   bench_figures --data FOLDER --rate CHANGES_A_SECOND --seconds N [--writers N] [--json FILE]
// The folder is a demo city: it is changed.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <thread>
#include <vector>

#include "app/installation.h"
#include "core/random.h"
#include "domain/places/api.h"
#include "domain/plans/views.h"
#include "domain/registers/api.h"

namespace {

using namespace linli;  // NOLINT: a program of one file
using Clock = std::chrono::steady_clock;

struct Options {
  std::string data = "var";
  std::string json;
  int64_t rate = 1000;
  int64_t seconds = 20;
  int64_t writers = 32;
};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

registers::Source source() {
  return {"bench", "bench", "system", time::now()};
}

const pack::Register& facility(host::Services& services) {
  return *MUST(registers::register_named(*services.content, "facility"));
}

registers::Record create(host::Services& services, region::Code village, const char* kind) {
  return MUST(services.database.transact([&](db::Tx& tx) -> Result<registers::Record> {
    return registers::create(
        tx, services, source(), facility(services),
        {"", village,
         json::Object{{"name", "测"}, {"kind", kind}, {"in_service", true}, {"area", 25}}});
  }));
}

// Changes its own facilities' areas at a part of the rate, on time: who is late hurries.
void write_on(host::Services& services, const std::vector<region::Code>& villages, int64_t writer,
              const Options& options, std::atomic<int64_t>& done, const std::atomic<bool>& over) {
  Random random(static_cast<uint64_t>(writer) + 1);
  std::vector<registers::Record> own;
  for (int i = 0; i < 50; ++i) {
    own.push_back(create(services,
                         villages[static_cast<size_t>(random.below(std::ssize(villages)))],
                         "comprehensive_service"));
  }
  const Clock::time_point start = Clock::now();
  const double each_ms =
      1000.0 * static_cast<double>(options.writers) / static_cast<double>(options.rate);
  for (int64_t n = 0; !over; ++n) {
    const double ahead = static_cast<double>(n) * each_ms - ms_since(start);
    if (ahead > 1) {
      std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(ahead));
    }
    registers::Record& one = own[static_cast<size_t>(n) % own.size()];
    one.version = MUST(services.database.transact([&](db::Tx& tx) -> Result<int64_t> {
      return TRY(registers::change(
                     tx, services, source(), facility(services), one.id,
                     {.version = one.version, .values = json::Object{{"area", 20 + n % 500}}}))
          .version;
    }));
    ++done;
  }
}

// How many facilities of a kind that nobody else enters stand at a village and at every place
// above.
using Counts = std::map<region::Code, double>;
Counts laundries(const plans::Scene& scene, region::Code village) {
  const pack::Measure* facilities = nullptr;
  for (const pack::Measure& known : scene.content().measures) {
    if (known.key == "facilities") facilities = &known;
  }
  plans::Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  const std::vector<region::Code> chain = village.chain();
  reader.load({&facilities->value}, chain, MUST(indicator::parse_period("now", scene.today)));
  Counts counts;
  for (const region::Code place : chain) {
    counts[place] = reader.by(facilities->value, place, "kind")["laundry"].value_or(0);
  }
  return counts;
}

double percentile(std::vector<double> times, double part) {
  std::sort(times.begin(), times.end());
  return times.empty() ? 0
                       : times[static_cast<size_t>(part * static_cast<double>(times.size() - 1))];
}

Options read_options(int count, char** words) {
  Options options;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view word = words[at];
    if (word == "--data") options.data = words[at + 1];
    if (word == "--json") options.json = words[at + 1];
    if (word == "--rate") options.rate = std::stoll(words[at + 1]);
    if (word == "--seconds") options.seconds = std::stoll(words[at + 1]);
    if (word == "--writers") options.writers = std::stoll(words[at + 1]);
  }
  return options;
}

const host::Module& plans_module(host::Services& services) {
  return *std::find_if(services.modules.begin(), services.modules.end(),
                       [](const host::Module& module) { return module.name == "plans"; });
}

}  // namespace

int main(int count, char** words) {
  const Options options = read_options(count, words);
  const auto installation =
      MUST(app::Installation::open(MUST(app::read_configuration(options.data)), false, true));
  host::Services& services = installation->services();
  MUST(installation->start(time::now()));
  const host::Job& fold = plans_module(services).jobs.front();
  const region::Code region = MUST(region::Code::parse(services.settings.region));
  std::vector<region::Code> villages;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    places::each(tx, region, region::Level::village, [&](const places::Place& place) {
      villages.push_back(place.code);
      return true;
    });
    return {};
  }));

  std::atomic<bool> over{false};
  std::atomic<int64_t> done{0};
  std::vector<std::thread> threads;
  for (int64_t writer = 0; writer < options.writers; ++writer) {
    threads.emplace_back(
        [&, writer] { write_on(services, villages, writer, options, done, over); });
  }
  threads.emplace_back([&] {
    while (!over) {
      fold.run(services, time::now());
      std::this_thread::sleep_for(std::chrono::milliseconds(fold.every_ms));
    }
  });

  plans::Figures figures;
  std::vector<double> times;
  int64_t wrong = 0;
  const time::Date today = time::date_of(time::now());
  Counts expected = MUST(services.database.read([&](db::Tx& tx) -> Result<Counts> {
    return laundries({tx, services, figures, today}, villages.front());
  }));
  const Clock::time_point start = Clock::now();
  const int64_t before = done;
  while (ms_since(start) < static_cast<double>(options.seconds) * 1000) {
    create(services, villages.front(), "laundry");
    const Clock::time_point committed = Clock::now();
    for (auto& [place, counted] : expected) ++counted;
    const bool right = MUST(services.database.read([&](db::Tx& tx) -> Result<bool> {
      const plans::Scene scene{tx, services, figures, today};
      for (const region::Code place : villages.front().chain()) {
        for (const pack::PlanHeader& plan : services.content->plans) {
          plans::indicators(scene, plan, place, today);
        }
      }
      return laundries(scene, villages.front()) == expected;
    }));
    times.push_back(ms_since(committed));
    if (!right) ++wrong;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const double seconds = ms_since(start) / 1000;
  const double achieved = static_cast<double>(done - before) / seconds;
  over = true;
  for (std::thread& thread : threads) thread.join();

  const Clock::time_point recount = Clock::now();
  const auto mistakes = plans_module(services).examine(services);
  const double recount_ms = ms_since(recount);

  json::Writer out;
  out.begin_object()
      .member("asked_a_second", options.rate)
      .member("changes_a_second", achieved)
      .member("samples", std::ssize(times))
      .member("wrong", wrong)
      .member("p50_ms", percentile(times, 0.5))
      .member("p99_ms", percentile(times, 0.99))
      .member("max_ms", percentile(times, 1))
      .member("recount_ms", recount_ms)
      .member("figures_that_differ", static_cast<int64_t>(mistakes.size()))
      .end_object();
  std::cout << out.text() << "\n";
  if (!options.json.empty()) std::ofstream(options.json) << out.text() << "\n";
  return wrong == 0 && mistakes.empty() ? 0 : 1;
}
