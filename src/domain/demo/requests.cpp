#include "domain/demo/requests.h"

#include <algorithm>
#include <stdexcept>

namespace linli::demo {
namespace {

using workflow::Action;
using workflow::Command;

constexpr int64_t kDays = 365;
constexpr std::string_view kKind = "resident_request";
constexpr int kMostHands = 16;  // how often a case changes hands before it is answered
constexpr int kPatience = 2;    // hands after which somebody sees to it that it goes on

std::vector<double> numbers_of(const json::Value& list) {
  std::vector<double> numbers;
  for (const json::Value& number : list.as_array()) numbers.push_back(number.as_number());
  return numbers;
}

// What people do with one case, from its opening to now.
class Story {
 public:
  Story(const Content& content, Random& random, Walk& walk, const Village& village,
        std::string department, std::string reply, const Mix& ratings)
      : outcome_(at(content.requests, "outcome")),
        phrases_(at(content.requests, "phrases")),
        random_(random),
        walk_(walk),
        village_(village),
        department_(std::move(department)),
        reply_(std::move(reply)),
        ratings_(ratings) {}

  void tell() {
    if (!handle()) return;
    if (!hear_reporter()) return;
    review();
  }

 private:
  double chance_of(std::string_view what) const { return at(outcome_, what).as_number(); }
  double time_of(std::string_view what, std::string_view unit) {
    const json::Value& law = at(outcome_, what);
    return random_.log_normal(law.number(unit), law.number("spread"));
  }
  std::string phrase(std::string_view what) const { return phrases_.text(what); }

  // Until there is an answer.
  bool handle() {
    bool handed_back = random_.chance(chance_of("hand_back"));
    const bool slow = random_.chance(chance_of("slow"));
    for (int hands = 0; hands < kMostHands; ++hands) {
      const double slowness = hands >= kPatience ? 0.3 : slow ? 12 : 1;
      if (walk_.offers(Action::accept)) {
        if (!walk_.work_minutes(time_of("accept_minutes", "median") * slowness)) return false;
        if (!walk_.offers(Action::accept)) continue;  // it was escalated meanwhile
        if (handed_back) {
          handed_back = false;
          walk_.by_unit({.action = Action::hand_back, .text = phrase("hand_back")});
          continue;
        }
        if (!walk_.by_unit({.action = Action::accept})) assign();
      } else if (walk_.offers(Action::reply)) {
        if (!work(slowness)) return false;
        if (answer()) return true;
      } else if (walk_.offers(Action::assign)) {
        if (!walk_.work_minutes(span_of(at(outcome_, "assign_minutes")).pick(random_)))
          return false;
        assign();
      } else {
        return false;
      }
    }
    return false;
  }

  void assign() {
    walk_.by_dispatcher(
        {.action = Action::assign, .text = phrase("assign"), .unit = village_.place.code.text()});
  }

  // Between accepting and answering.
  bool work(double slowness) {
    if (!department_.empty() && random_.chance(chance_of("whistle"))) whistle();
    if (random_.chance(chance_of("pause"))) {
      if (!walk_.work_minutes(120)) return false;
      walk_.by_unit({.action = Action::pause, .text = phrase("pause")});
      if (!walk_.wait(random_.between(int64_t{20}, int64_t{90}) * time::kHour)) return false;
      walk_.by_unit({.action = Action::resume});
    }
    const double hours = time_of("handle_hours", "median") * slowness;
    const double most = at(outcome_, "handle_hours.most").as_number();
    return walk_.work_minutes(60 * std::min(hours, most));
  }

  void whistle() {
    if (!walk_.by_unit({.action = Action::whistle,
                        .text = phrase("whistle"),
                        .tasks = {{department_, phrase("whistle")}}})) {
      return;
    }
    const int64_t task = walk_.state().tasks.back().id;
    if (walk_.work_minutes(span_of(at(outcome_, "report_in_minutes")).pick(random_))) {
      walk_.by_task({.action = Action::report_in, .text = phrase("report_in"), .task = task},
                    department_);
    }
    if (walk_.work_minutes(random_.between(60.0, 400.0))) {
      walk_.by_task({.action = Action::finish_task, .text = phrase("finish_task"), .task = task},
                    department_);
    }
  }

  bool answer() {
    return walk_.by_unit(
        {.action = Action::reply, .text = reply_, .solved = random_.chance(chance_of("solved"))});
  }

  // True when it is for a reviewer to go on.
  bool hear_reporter() {
    const double says = random_.share();
    const bool rates = says < chance_of("rates");
    const bool confirms = says < chance_of("rates") + chance_of("confirms");
    if (!walk_.has_reporter() || !confirms) return walk_.wait(8 * time::kDay);
    const double hours = time_of("answer_hours", "median");
    if (!walk_.wait(static_cast<time::Instant>(hours * static_cast<double>(time::kHour)))) {
      return false;
    }
    if (random_.chance(chance_of("reopens"))) {
      walk_.by_reporter({.action = Action::reopen, .text = phrase("reopen")});
      if (!handle()) return false;
      return walk_.wait(8 * time::kDay);
    }
    if (!rates) {
      walk_.by_reporter({.action = Action::confirm});
      return false;
    }
    const std::string stars = ratings_.pick(random_);
    walk_.by_reporter({.action = Action::rate,
                       .text = random_.chance(0.4) ? at(phrases_, "comments").text(stars) : "",
                       .rating = static_cast<int>(stars.front() - '0')});
    return walk_.offers(Action::close);
  }

  void review() {
    if (!walk_.offers(Action::close)) return;
    if (!walk_.work_minutes(time_of("review_hours", "median") * 60)) return;
    const bool reached = random_.chance(0.8);
    walk_.by_reviewer({.action = Action::call_back,
                       .text = phrase("close"),
                       .solved = true,
                       .outcome = reached ? "satisfied" : "unreachable"});
    walk_.by_reviewer({.action = Action::close, .text = phrase("close"), .solved = true});
  }

  const json::Value& outcome_;
  const json::Value& phrases_;
  Random& random_;
  Walk& walk_;
  const Village& village_;
  std::string department_;
  std::string reply_;
  const Mix& ratings_;
};

}  // namespace

Requests::Requests(const City& city)
    : city_(city),
      kind_(city.packs.case_kind(kKind)),
      rules_(kind_ == nullptr ? std::nullopt
                              : std::optional(workflow::Rules{*kind_, city.packs.calendar})),
      months_(numbers_of(at(city.content.requests, "months"))),
      hours_(at(city.content.requests, "hours")),
      channels_(at(city.content.requests, "channels")),
      ratings_(at(city.content.requests, "outcome.ratings")),
      per_1000_(both_numbers(at(city.content.requests, "per_1000_persons"))),
      weekend_(at(city.content.requests, "weekend").as_number()) {
  for (const json::Value& entry : at(city.content.requests, "subjects").as_array()) {
    subjects_.push_back({.key = entry.text("subject"),
                         .kind = entry.text("kind"),
                         .weight = {entry.number("weight"), entry.number("rural")},
                         .months = entry.find("months") ? numbers_of(*entry.find("months"))
                                                        : std::vector<double>(12, 1.0),
                         .texts = texts_of(at(entry, "texts")),
                         .replies = texts_of(at(entry, "replies"))});
  }
}

const Requests::Subject& Requests::subject(Random& random, int month, bool urban) const {
  double sum = 0;
  const auto weight = [&](const Subject& each) {
    return each.weight.of(urban) * each.months[static_cast<size_t>(month - 1)];
  };
  for (const Subject& each : subjects_) sum += weight(each);
  double wanted = random.share() * sum;
  for (const Subject& each : subjects_) {
    wanted -= weight(each);
    if (wanted < 0) return each;
  }
  return subjects_.back();
}

time::Instant Requests::moment(Random& random, time::Date day) const {
  return time::start_of(day) + std::stoll(hours_.pick(random)) * time::kHour +
         random.below(time::kHour);
}

std::vector<cases::Life> Requests::of(Random& random, const Village& village,
                                      const Roster& roster) const {
  std::vector<cases::Life> lives;
  if (kind_ == nullptr) return lives;
  const double a_day = static_cast<double>(village.persons) * per_1000_.of(village.urban) / 1000 /
                       static_cast<double>(kDays);
  for (int64_t back = kDays; back > 0; --back) {
    const time::Date day = time::add_days(city_.today, -back);
    const int month = time::civil(day).month;
    const double scale =
        months_[static_cast<size_t>(month - 1)] * (time::weekday(day) >= 5 ? weekend_ : 1.0);
    for (int64_t left = random.about(a_day * scale); left > 0; --left) {
      lives.push_back(live(random, village, roster, moment(random, day),
                           subject(random, month, village.urban)));
    }
  }
  if (village.first) {
    for (const json::Value& entry : at(city_.content.requests, "waiting").as_array()) {
      lives.push_back(waiting(random, village, roster, entry));
    }
  }
  return lives;
}

Requests::Begun Requests::begin(Random& random, const Village& village, const Roster& roster,
                                time::Instant opened, const Subject& about, size_t grid) const {
  const auto number = [&](std::string text) {
    return fill(fill(std::move(text), "place", village.name), "n",
                std::to_string(random.between(int64_t{2}, int64_t{19})));
  };
  cases::Case made;
  made.id = make_id(random, opened);
  made.kind = kind_->key;
  made.place = village.grids[grid].code;
  made.form = json::Object{{"subject", about.key},
                           {"kind", about.kind},
                           {"description", number(random.one_of(about.texts))}};
  made.address = village.name;
  made.point = village.in_grid(random, grid);
  made.channel = channels_.pick(random);
  made.attributes = {village.place.urban, village.place.community_types};
  Person reporter;
  const double signed_in = at(city_.content.requests, "signed_in").as_number();
  if (made.channel == "web" && !roster.residents().empty() && random.chance(signed_in)) {
    reporter = random.one_of(roster.residents());
    made.reporter = reporter.id;
  }
  const std::string unit = cases::route(*kind_, city_.packs, made, time::date_of(opened));
  Begun begun{std::move(made), Walk(*rules_, roster, village, city_.start_of_today()), {}, {}};
  begun.walk.open(unit, reporter, opened);
  const pack::ChoiceList* subjects = city_.packs.list(kind_->subject_list);
  const pack::Choice* choice = subjects == nullptr ? nullptr : subjects->find(about.key);
  if (choice != nullptr && choice->attributes.contains("department")) {
    begun.department =
        choice->attributes.at("department").as_string() + "@" + village.county.text();
  }
  begun.reply = number(random.one_of(about.replies));
  return begun;
}

cases::Life Requests::end(Begun begun) {
  cases::Life life{std::move(begun.made), begun.walk.finish()};
  const std::string& assignee = begun.walk.state().assignee;
  for (const cases::LoggedEvent& logged : life.events) {
    if (!assignee.empty() && logged.event.actor == assignee) {
      life.made.assignee_name = logged.actor_name;
    }
  }
  return life;
}

cases::Life Requests::live(Random& random, const Village& village, const Roster& roster,
                           time::Instant opened, const Subject& about) const {
  const auto grid = static_cast<size_t>(random.below(std::ssize(village.grids)));
  Begun begun = begin(random, village, roster, opened, about, grid);
  Story(city_.content, random, begun.walk, village, begun.department, begun.reply, ratings_).tell();
  return end(std::move(begun));
}

// Reported last evening in the first grid: the clocks of working time stand until the morning.
cases::Life Requests::waiting(Random& random, const Village& village, const Roster& roster,
                              const json::Value& entry) const {
  const auto about = std::find_if(subjects_.begin(), subjects_.end(), [&](const Subject& subject) {
    return subject.key == entry.text("subject");
  });
  if (about == subjects_.end()) throw std::runtime_error("packs/demo: a subject that waits");
  const time::Instant opened =
      city_.start_of_today() - whole_at(entry, "minutes_before") * time::kMinute;
  Begun begun = begin(random, village, roster, opened, *about, 0);
  if (entry.flag("to_department")) {
    begun.walk.by_dispatcher({.action = Action::assign,
                              .text = at(city_.content.requests, "phrases.assign").as_string(),
                              .unit = begun.department});
  }
  return end(std::move(begun));
}

}  // namespace linli::demo
