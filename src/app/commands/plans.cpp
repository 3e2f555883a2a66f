#include <cmath>
#include <filesystem>

#include "app/commands/commands.h"
#include "domain/plans/api.h"
#include "engine/pack/load.h"
#include "engine/pack/plan_content.h"

namespace linli::app {

namespace {

std::string in(Language language, const pack::Text& text) {
  return language == Language::zh ? text.zh : text.en;
}

// As a table shows it; the JSON has the value in full.
std::string rounded(double value) {
  return json::write(std::round(value * 100) / 100);
}

// number, name, unit, baseline, targets: as printed.
std::string line_of(Language language, const pack::Indicator& indicator) {
  std::string line =
      indicator.number + "\t" + in(language, indicator.name) + "\t" + indicator.unit + "\t";
  for (const pack::Baseline& baseline : indicator.baselines) {
    line += std::to_string(baseline.year) + ": " + baseline.printed + " ";
  }
  line += "\t";
  for (const pack::Target& target : indicator.targets) {
    line += std::to_string(target.year) + ": " + target.printed + " ";
  }
  return line;
}

}  // namespace

int plan_list(Terminal& terminal, const std::string& pack, bool json) {
  const std::filesystem::path path = std::filesystem::path(pack + "/").parent_path();
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const std::string name = path.filename().string();
  if (!std::filesystem::exists(path / "pack.yaml")) {
    return terminal.fail({ErrorKind::not_found, "pack.no_such_pack", pack, {}});
  }
  std::vector<pack::Mistake> mistakes;
  const auto content = pack::load(folder, {name}, mistakes);
  if (!content) {
    std::string all;
    for (const pack::Mistake& mistake : mistakes) all += pack::to_text(mistake) + "\n";
    return terminal.fail({ErrorKind::invalid, "pack.invalid", all, {}});
  }
  json::Array plans;
  for (const pack::PlanHeader& plan : content->plans) {
    if (plan.pack != name) continue;
    plans.push_back(pack::plan_content(*content, plan));
    if (json) continue;
    terminal.print(in(terminal.language(), plan.name));
    for (const pack::Indicator& indicator : content->indicators) {
      if (indicator.plan == plan.key) terminal.print(line_of(terminal.language(), indicator));
    }
  }
  if (json) terminal.print(json::write(json::Object{{"plans", std::move(plans)}}));
  return 0;
}

int plan_values(Terminal& terminal, const Common& common, const PlanValues& options) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    const time::Instant now = time::now();
    TRY(installation->start(now));
    const region::Code place = TRY(region::Code::parse(options.place));
    const json::Value values =
        TRY(plans::values_of_plan(installation->services(), options.plan, place, now));
    if (options.json) {
      terminal.print(json::write(values));
      return {};
    }
    const bool zh = terminal.language() == Language::zh;
    for (const json::Value& item : values.find("items")->as_array()) {
      const json::Value* value = item.find("value");
      const bool known = value != nullptr && value->is_number();
      terminal.print(item.text("number") + "\t" + item.find("name")->text(zh ? "zh" : "en") + "\t" +
                     (known ? rounded(value->as_number()) : "–") + "\t" + item.text("unit") + "\t" +
                     item.text("status"));
    }
    return {};
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
