// The loop under load, over HTTP and durable, beside the same statements run by the database alone.
//
//   bench_loop --data FOLDER [--clients 16] [--seconds 10] [--copy URL|none] [--json FILE]
//
// FOLDER is an installation with a demo city; a copy of its database is made first (on SQLite
// beside it; on PostgreSQL the caller gives --copy). Clients file, accept, answer and rate requests
// while others read lists and figures. Then the recorded statements run again on the copy with as
// many threads, without HTTP, JSON or rules (not with --copy none). Printed: both rates, their
// ratio, latencies, memory.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <thread>

#include "app/installation.h"
#include "app/serve.h"
#include "core/crypto.h"
#include "core/id.h"
#include "db/backup.h"
#include "domain/accounts/api.h"
#include "domain/accounts/session.h"
#include "domain/places/api.h"
#include "support/client.h"
#include "support/recorder.h"

namespace {

using namespace linli;  // NOLINT: a program of one file
using bench::Answer;
using bench::Client;
using Clock = std::chrono::steady_clock;

struct Options {
  std::string data = "var";
  int clients = 16;
  int seconds = 10;
  std::string copy;
  std::string json;
};

Options read_options(int count, char** words) {
  Options options;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view name = words[at];
    const std::string value = words[at + 1];
    if (name == "--data") options.data = value;
    if (name == "--clients") options.clients = std::stoi(value);
    if (name == "--seconds") options.seconds = std::stoi(value);
    if (name == "--copy") options.copy = value;
    if (name == "--json") options.json = value;
  }
  return options;
}

// Latencies of one kind of request, in microseconds.
struct Latencies {
  std::vector<int64_t> all;
  double at(double share) {
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return static_cast<double>(
               all[static_cast<size_t>(share * static_cast<double>(all.size() - 1))]) /
           1000.0;
  }
};
using Measured = std::map<std::string, Latencies>;

// One client: a resident files and rates, a worker does the rest.
class Person {
 public:
  Person(uint16_t port, std::string resident, std::string worker, std::vector<std::string> villages)
      : resident_(port, std::move(resident)),
        worker_(port, std::move(worker)),
        villages_(std::move(villages)) {}

  void live(const std::atomic<bool>& stop) {
    for (size_t turn = 0; !stop; ++turn) {
      const std::string& village = villages_[turn % villages_.size()];
      if (!loop(village)) ++failed;
      timed("list", worker_, "GET", "/api/v1/cases?order=due&limit=20&place=" + village, {}, 200);
      timed("figures", worker_, "GET", "/api/v1/service-figures?period=2025&place=" + village, {},
            200);
    }
  }

  Measured measured;
  int64_t loops = 0;
  int64_t failed = 0;
  std::string first_failure;

 private:
  bool loop(const std::string& village) {
    const std::string id = id::make(time::now());
    json::Value state;
    if (!step("file", resident_, "/api/v1/cases",
              R"({"id":")" + id + R"(","kind":"resident_request","place":")" + village +
                  R"(","form":{"subject":"greenery","description":"小区树木需要修剪"}})",
              201, state)) {
      return false;
    }
    const std::string path = "/api/v1/cases/" + id + "/";
    const auto act = [&](Client& by, const std::string& action, const std::string& more) {
      return step(action, by, path + action,
                  R"({"version":)" + std::to_string(state.integer("version")) + more + "}", 200,
                  state);
    };
    if (state.text("stage") == "received") {
      if (!act(worker_, "assign", R"(,"to":")" + village + "\"")) return false;
    }
    if (!act(worker_, "accept", "")) return false;
    if (!act(worker_, "reply", R"(,"text":"已修剪","solved":true)")) return false;
    if (!act(resident_, "rate", R"(,"rating":5)")) return false;
    ++loops;
    return true;
  }

  bool step(const std::string& name, Client& by, const std::string& path, const std::string& body,
            int expected, json::Value& state) {
    const Answer answer = timed(name, by, "POST", path, body, expected);
    if (answer.status != expected) return false;
    state = MUST(json::parse(answer.body));
    return true;
  }

  Answer timed(const std::string& name, Client& by, std::string_view method,
               const std::string& path, const std::string& body, int expected) {
    const auto began = Clock::now();
    Answer answer = by.ask(method, path, body);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
    measured[name].all.push_back(took.count());
    if (answer.status != expected && first_failure.empty()) {
      first_failure = name + ": " + std::to_string(answer.status) + " " + answer.body;
    }
    return answer;
  }

  Client resident_;
  Client worker_;
  std::vector<std::string> villages_;
};

// Credentials as header lines: a worker's key, a resident's session.
std::string worker_of(host::Services& services, region::Code township) {
  const std::string key = MUST(services.database.transact([&](db::Tx& tx) -> Result<std::string> {
    return accounts::create_key(tx, services, accounts::system_actor(), "bench-worker",
                                {{"community_worker", township}}, time::now());
  }));
  return "authorization: Bearer " + key + "\r\n";
}

std::string resident_of(host::Services& services, region::Code village) {
  const std::string phone = "199" + crypto::random_digits(8);
  MUST(accounts::send_code(services, phone, "zh", phone, time::now()));
  const std::string text = MUST(services.database.read([&](db::Tx& tx) -> Result<std::string> {
    return accounts::outbox(tx, services, 1).front().text;
  }));
  const std::string code = text.substr(text.find_first_of("0123456789"), 6);
  const accounts::Begun begun = MUST(accounts::sign_in_resident(
      services, phone, code, {.name = "张三", .place = village}, time::now()));
  return "cookie: " + std::string(accounts::kCookie) + "=" + begun.token + "\r\nx-csrf-token: " +
         accounts::csrf_token(services.keyring, accounts::token_hash(begun.token)) + "\r\n";
}

// The villages of each township: a client works in one township.
std::map<std::string, std::vector<std::string>> villages_by_township(host::Services& services) {
  std::map<std::string, std::vector<std::string>> villages;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    places::each(tx, MUST(region::Code::parse(services.settings.region)), region::Level::village,
                 [&](const places::Place& place) {
                   const std::string code = place.code.text();
                   villages[code.substr(0, 9)].push_back(code);
                   return true;
                 });
    return {};
  }));
  return villages;
}

double replay_all(db::Database& database, const std::vector<bench::Recorded>& all, int threads) {
  std::atomic<size_t> next = 0;
  const auto began = Clock::now();
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i) {
    crew.emplace_back([&] {
      for (size_t at = next++; at < all.size(); at = next++) bench::replay(database, all[at]);
    });
  }
  for (std::thread& one : crew) one.join();
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// What begins with the platform (places are settled, figures folded) has ended before the load
// begins.
void wait_until_quiet(bench::Recorder& recorder) {
  constexpr int kFew = 100;  // messages that are sent one by one go on
  for (bool quiet = false; !quiet;) {
    recorder.record(true);
    std::this_thread::sleep_for(std::chrono::seconds(2));
    recorder.record(false);
    const std::vector<bench::Recorded> seen = recorder.take();
    quiet = std::count_if(seen.begin(), seen.end(),
                          [](const bench::Recorded& one) { return one.writing; }) < kFew;
  }
}

int64_t peak_memory_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const Options options = read_options(count, words);
  bench::Recorder* recorder = nullptr;
  app::Configuration configuration = MUST(app::read_configuration(options.data));
  std::string copy = options.copy;
  const bool compares = copy != "none";
  if (compares && configuration.database.empty()) {
    copy = (std::filesystem::path(options.data) / "bench-copy.db").string();
    std::filesystem::remove(copy);
    MUST(db::copy_sqlite((std::filesystem::path(options.data) / "linli.db").string(), copy));
  }
  auto installation = MUST(
      app::Installation::open(configuration, false, true, [&](std::unique_ptr<db::Database> inner) {
        auto made = std::make_unique<bench::Recorder>(std::move(inner));
        recorder = made.get();
        return std::unique_ptr<db::Database>(std::move(made));
      }));
  host::Services& services = installation->services();
  const auto villages = villages_by_township(services);
  auto platform = MUST(app::Platform::start(*installation, {.workers = options.clients}));
  std::vector<std::unique_ptr<Person>> people;
  while (people.size() < static_cast<size_t>(options.clients)) {
    const auto& [township, below] =
        *std::next(villages.begin(), static_cast<std::ptrdiff_t>(people.size() % villages.size()));
    const region::Code place = MUST(region::Code::parse(township));
    const region::Code village = MUST(region::Code::parse(below.front()));
    people.push_back(std::make_unique<Person>(platform->port(), resident_of(services, village),
                                              worker_of(services, place), below));
  }
  wait_until_quiet(*recorder);
  std::atomic<bool> stop = false;
  recorder->record(true);
  const auto began = Clock::now();
  std::vector<std::thread> threads;
  for (auto& person : people) threads.emplace_back([&] { person->live(stop); });
  std::this_thread::sleep_for(std::chrono::seconds(options.seconds));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  const double served = std::chrono::duration<double>(Clock::now() - began).count();
  recorder->record(false);
  platform->stop();

  Measured measured;
  int64_t loops = 0;
  int64_t failed = 0;
  for (auto& person : people) {
    loops += person->loops;
    failed += person->failed;
    if (!person->first_failure.empty()) std::cerr << person->first_failure << "\n";
    for (auto& [name, latencies] : person->measured) {
      auto& all = measured[name].all;
      all.insert(all.end(), latencies.all.begin(), latencies.all.end());
    }
  }
  const std::vector<bench::Recorded> recorded = recorder->take();
  const double rate = static_cast<double>(recorded.size()) / served;

  json::Writer out;
  out.begin_object();
  out.member("engine", services.database.engine() == db::Engine::sqlite ? "sqlite" : "postgres");
  out.member("clients", options.clients);
  out.member("loops_per_second", static_cast<double>(loops) / served);
  out.member("failed", failed);
  out.member("transactions", static_cast<int64_t>(recorded.size()));
  out.member("transactions_per_second", rate);
  if (compares) {
    const auto alone = MUST(db::open(copy, {.readers = app::connections_of(configuration)}));
    const double replayed = replay_all(*alone, recorded, options.clients);
    const double rate_alone = static_cast<double>(recorded.size()) / replayed;
    out.member("transactions_per_second_database_alone", rate_alone);
    out.member("ratio_to_database_alone", rate / rate_alone);
  }
  out.member("peak_memory_kb", peak_memory_kb());
  out.key("milliseconds").begin_object();
  for (auto& [name, latencies] : measured) {
    out.key(name).begin_object();
    out.member("count", static_cast<int64_t>(latencies.all.size()));
    out.member("p50", latencies.at(0.5)).member("p99", latencies.at(0.99));
    out.end_object();
  }
  out.end_object().end_object();
  std::cout << out.text() << "\n";
  if (!options.json.empty()) std::ofstream(options.json) << out.text() << "\n";
  return failed == 0 ? 0 : 1;
}
