#include "domain/plans/views.h"

#include <algorithm>
#include <set>

#include "domain/places/api.h"
#include "domain/plans/store.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

using indicator::Period;

const pack::Measure* find_measure(const pack::Content& content, std::string_view key) {
  const auto found = std::find_if(content.measures.begin(), content.measures.end(),
                                  [&](const pack::Measure& measure) { return measure.key == key; });
  return found == content.measures.end() ? nullptr : &*found;
}

Result<std::vector<const pack::Measure*>> find_measures(const pack::Content& content,
                                                        const std::vector<std::string>& keys) {
  std::vector<const pack::Measure*> found;
  for (const std::string& key : keys) {
    found.push_back(find_measure(content, key));
    if (found.back() == nullptr) return refuse(ErrorKind::not_found, "measure.unknown", key);
  }
  return found;
}

std::vector<const expr::Expression*> expressions(const std::vector<const pack::Measure*>& all) {
  std::vector<const expr::Expression*> found;
  for (const pack::Measure* measure : all) found.push_back(&measure->value);
  return found;
}

// What the service figures page shows, by the name on the wire and the measure behind it.
const std::vector<std::pair<std::string, std::string>>& service_measures() {
  static const std::vector<std::pair<std::string, std::string>> names = {
      {"response_rate", "response_rate"},
      {"resolution_rate", "resolution_rate"},
      {"satisfaction_rate", "satisfaction_rate"},
      {"overdue", "requests_overdue"},
      {"opened", "requests_opened"},
      {"answered", "requests_answered"},
      {"closed", "requests_closed"},
      {"reopened", "requests_reopened"},
      {"rated", "requests_rated"},
      {"unrated", "requests_unrated"}};
  return names;
}

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

bool is_split(const pack::Measure& measure, std::string_view field) {
  return std::find(measure.by.begin(), measure.by.end(), field) != measure.by.end();
}

Rate rate_of(const Reader& reader, const pack::Measure& measure, Code place) {
  Rate rate{&measure, reader.value(measure.value, place), {}, {}};
  if (const auto fraction = indicator::fraction_of(measure.value)) {
    rate.numerator = reader.value(fraction->numerator, place);
    rate.denominator = reader.value(fraction->denominator, place);
  }
  return rate;
}

}  // namespace

std::vector<places::Reference> children_of(db::Tx& tx, Code parent) {
  std::vector<places::Reference> all;
  Code after = parent;
  for (;;) {
    const std::vector<places::Place> some = places::children(tx, parent, after, 200);
    for (const places::Place& child : some) all.push_back({child.code, child.name});
    if (some.size() < 200) return all;
    after = some.back().code;
  }
}

Result<std::vector<MeasureView>> measures(const Scene& scene, const std::vector<std::string>& keys,
                                          Code place, const Period& period,
                                          const std::vector<std::string>& by, Territory territory) {
  const std::vector<const pack::Measure*> wanted = TRY(find_measures(scene.content(), keys));
  Reader reader(scene.tx, scene.services, scene.figures, scene.today, territory);
  reader.load(expressions(wanted), {place}, period);
  std::vector<MeasureView> views;
  for (const pack::Measure* measure : wanted) {
    MeasureView view{measure, reader.value(measure->value, place), {}};
    for (const std::string& field : by) {
      if (!is_split(*measure, field)) {
        return refuse(ErrorKind::invalid, "measure.not_split", measure->key + " by " + field);
      }
      const auto values = reader.by(measure->value, place, field);
      const auto names = names_of_words(scene, measure->value, field, keys_of(values));
      std::vector<Word> words;
      for (const auto& [word, value] : values) words.push_back({word, names.at(word), value});
      view.by.emplace_back(field, std::move(words));
    }
    views.push_back(std::move(view));
  }
  return views;
}

Result<std::vector<PlaceView>> measures_of_children(const Scene& scene,
                                                    const std::vector<std::string>& keys,
                                                    Code parent, const Period& period,
                                                    Territory territory) {
  const std::vector<const pack::Measure*> wanted = TRY(find_measures(scene.content(), keys));
  const std::vector<places::Reference> children = children_of(scene.tx, parent);
  std::vector<Code> codes;
  for (const places::Reference& child : children) codes.push_back(child.code);
  Reader reader(scene.tx, scene.services, scene.figures, scene.today, territory);
  reader.load(expressions(wanted), codes, period);
  std::vector<PlaceView> views;
  for (const places::Reference& child : children) {
    PlaceView view{child, {}};
    for (const pack::Measure* measure : wanted) {
      view.values.push_back(reader.value(measure->value, child.code));
    }
    views.push_back(std::move(view));
  }
  return views;
}

expr::Expression expression_of(const std::shared_ptr<const expr::Aggregate>& aggregate) {
  auto node = std::make_shared<expr::Node>();
  node->op = expr::Op::aggregate;
  node->aggregate = aggregate;
  return {.source = aggregate->text, .root = node};
}

Result<expr::Expression> figure_named(const pack::Content& content, std::string_view key,
                                      std::string_view part) {
  const expr::Expression* whole = nullptr;
  if (const pack::Measure* measure = find_measure(content, key)) whole = &measure->value;
  if (const pack::Indicator* indicator = content.indicator(key);
      whole == nullptr && indicator != nullptr && indicator->value) {
    whole = &*indicator->value;
  }
  for (const pack::Check& check : content.checks) {
    if (whole == nullptr && check.key == key) {
      whole = part == "denominator" ? &check.of : &check.wrong;
    }
  }
  if (whole == nullptr) {
    return refuse(ErrorKind::not_found, "figure.unknown", std::string(key));
  }
  const auto fraction = indicator::fraction_of(*whole);
  if (fraction && part == "numerator") return fraction->numerator;
  if (fraction && part == "denominator") return fraction->denominator;
  return *whole;
}

Result<std::vector<RecordsView>> records_behind(const Scene& scene, std::string_view key,
                                                std::string_view part, Code place,
                                                const Period& period) {
  const expr::Expression asked = TRY(figure_named(scene.content(), key, part));
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load({&asked}, {place}, period);
  std::vector<RecordsView> views;
  for (const auto& aggregate : expr::aggregates(asked)) {
    RecordsView view = records_of(scene, key, *aggregate, place, period);
    view.count = reader.value(expression_of(aggregate), place);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<StatisticView> statistics(const Scene& scene, Code place) {
  const std::vector<Statistic> own = store::statistics_at(scene.tx, place);
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load({}, {}, MUST(indicator::parse_period("now", scene.today)));
  std::vector<StatisticView> views;
  for (const pack::Statistic& statistic : scene.content().statistics) {
    StatisticView view{&statistic, reader.statistic(statistic.key, place), {}};
    const auto latest = std::find_if(
        own.begin(), own.end(), [&](const Statistic& known) { return known.key == statistic.key; });
    if (latest != own.end()) view.own = *latest;
    views.push_back(std::move(view));
  }
  return views;
}

ServiceFigures service_figures(const Scene& scene, Code place, const Period& period) {
  ServiceFigures figures;
  std::vector<const pack::Measure*> known;
  for (const auto& [name, key] : service_measures()) {
    const pack::Measure* measure = find_measure(scene.content(), key);
    figures.rates.push_back({name, {measure, {}, {}, {}}});
    if (measure != nullptr) known.push_back(measure);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(expressions(known), {place}, period);
  for (auto& [name, rate] : figures.rates) {
    if (rate.measure != nullptr) rate = rate_of(reader, *rate.measure, place);
  }
  // Every village and office is a unit: above a county they are more than anybody reads.
  const bool units = place.level() >= region::Level::county;
  for (const std::string field : {"subject", "kind", "unit"}) {
    std::map<std::string, ServiceFigures::Row> rows;
    const pack::Measure* split = nullptr;
    for (size_t i = 0; i < figures.rates.size(); ++i) {
      const pack::Measure* measure = figures.rates[i].second.measure;
      if (measure == nullptr || !is_split(*measure, field)) continue;
      if (field == "unit" && !units) continue;
      split = measure;
      for (const auto& [word, value] : reader.by(measure->value, place, field)) {
        ServiceFigures::Row& row = rows[word];
        if (row.values.empty()) {
          row.key = word;
          row.values.resize(figures.rates.size());
        }
        row.values[i] = value;
      }
    }
    std::vector<ServiceFigures::Row> list;
    if (split != nullptr) {
      const auto names = names_of_words(scene, split->value, field, keys_of(rows));
      for (auto& [word, row] : rows) {
        row.name = names.at(word);
        list.push_back(std::move(row));
      }
    }
    figures.by.emplace_back(field, std::move(list));
  }
  return figures;
}

std::vector<PublicFigure> public_figures(const Scene& scene, Code place, const Period& period) {
  std::vector<const pack::Measure*> shown;
  for (const pack::Measure& measure : scene.content().measures) {
    if (measure.public_from > 0) shown.push_back(&measure);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(expressions(shown), {place}, period);
  std::vector<PublicFigure> figures;
  for (const pack::Measure* measure : shown) {
    const Rate rate = rate_of(reader, *measure, place);
    const std::optional<double> counted = rate.denominator ? rate.denominator : rate.value;
    if (counted && *counted < static_cast<double>(measure->public_from)) {
      figures.push_back({{measure, {}, {}, {}}, true});
    } else {
      figures.push_back({rate, false});
    }
  }
  return figures;
}

}  // namespace linli::plans
