#include "domain/plans/package.h"

#include <algorithm>
#include <map>

#include "core/crypto.h"
#include "core/text.h"
#include "domain/places/api.h"
#include "domain/plans/wire_parts.h"
#include "engine/indicator/evidence.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using Leaves = std::vector<std::pair<std::string, int64_t>>;  // hash (or place), contribution

json::Value plain(const Value& value) {
  if (const auto* whole = std::get_if<int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

// A record's text is kind, place and values in the order of its scope; its salt is keyed by the
// installation, so that the hash cannot be guessed from likely values.
std::string hash_of(const crypto::Keyring& keyring, std::string_view kind,
                    const host::Change::Side& side) {
  json::Array values = {std::string(kind), side.place.text()};
  for (const Value& value : *side.values) values.push_back(plain(value));
  const std::string record = json::write(json::Value(std::move(values)));
  return text::hex(crypto::sha256(keyring.sign(record, "evidence") + record));
}

class Package {
 public:
  Package(const Scene& scene, host::Services& services, const pack::PlanHeader& plan, Code place)
      : scene_(scene),
        services_(services),
        plan_(plan),
        place_(place),
        kept_(scene.figures.kept(scene.tx, services)),
        period_(period_on(scene.today, scene.today)),
        reader_(scene.tx, scene.services, scene.figures, scene.today) {}

  std::string write() {
    views_ = indicators(scene_, plan_, place_, scene_.today);
    std::vector<const expr::Expression*> wanted;
    for (const IndicatorView& view : views_) {
      if (view.indicator->value) wanted.push_back(&*view.indicator->value);
    }
    for (const expr::Expression* expression : wanted) {
      for (const auto& aggregate : expr::aggregates(*expression)) collect(aggregate);
    }
    count_records();
    count_places();
    reader_.load(wanted, {place_}, period_);
    json::Writer out;
    out.begin_object().member("format", "linli-evidence/1").member("plan", plan_.key);
    out.member("document", plan_.document).member("place", place_.text());
    out.member("place_name", places::name_of(scene_.tx, place_));
    write_date(out, "from", period_.from);
    write_date(out, "date", period_.to);
    write_counters(out);
    out.key("indicators").begin_array();
    for (const IndicatorView& view : views_) write_indicator(out, view);
    out.end_array().end_object();
    std::string body = out.take();
    body.pop_back();  // the brace that the digest closes
    return body + indicator::digest_of(body);
  }

 private:
  void collect(const std::shared_ptr<const expr::Aggregate>& aggregate) {
    if (const Counter* counter = kept_->book->find(*aggregate)) {
      counters_[aggregate->text] = counter;
    }
  }

  void count_records() {
    const auto codes = indicator::codes_of(period_);
    std::map<std::string, std::vector<const Counter*>> by_kind;
    for (const auto& [text, counter] : counters_) {
      if (counter->kind != Counter::Kind::places) by_kind[counter->subject()].push_back(counter);
    }
    for (const auto& [kind, counters] : by_kind) {
      const auto record = [&, counted = &counters, name = &kind](const host::Change::Side& side) {
        std::string hash;
        for (const Counter* counter : *counted) {
          const int64_t share = share_of(*counter, side, codes);
          if (share == 0) continue;
          if (hash.empty()) hash = hash_of(services_.keyring, *name, side);
          leaves_[counter->aggregate->text].emplace_back(hash, share);
        }
      };
      for (const host::Module& module : services_.modules) {
        if (module.records && module.records(scene_.tx, services_, kind, place_,
                                             Code(place_.last()), nullptr, record)) {
          break;
        }
      }
    }
  }

  int64_t share_of(const Counter& counter, const host::Change::Side& side,
                   const std::vector<std::pair<indicator::Code, indicator::Code>>& codes) const {
    Deltas deltas;
    const Generation generation{0, &counter, as_of(counter, scene_.today), true};
    count({&generation}, side, 1, deltas);
    int64_t share = 0;
    for (const auto& [spot, value] : deltas) {
      const bool flow = counter.kind == Counter::Kind::flow;
      const bool in_period =
          flow ? std::any_of(codes.begin(), codes.end(),
                             [&](const auto& range) {
                               return range.first <= spot.period && spot.period <= range.second;
                             })
               : spot.period == 0;
      if (spot.dimension.empty() && in_period) share += value;
    }
    return share;
  }

  void count_places() {
    for (const auto& [text, counter] : counters_) {
      if (counter->kind != Counter::Kind::places) continue;
      std::vector<Code> codes;
      places::each(scene_.tx, place_, counter->level, [&](const places::Place& known) {
        codes.push_back(known.code);
        return true;
      });
      const expr::Expression one = expression_of(counter->aggregate);
      reader_.load({&one}, codes, period_);
      for (const Code code : codes) {
        if (reader_.value(one, code).value_or(0) <= 0) continue;
        leaves_[text].emplace_back(code.text(), indicator::kMillion);
      }
    }
  }

  void write_counters(json::Writer& out) {
    out.key("counters").begin_array();
    for (const auto& [text, counter] : counters_) {
      Leaves& leaves = leaves_[text];
      std::sort(leaves.begin(), leaves.end());
      int64_t sum = 0;
      for (const auto& [hash, share] : leaves) sum += share;
      out.begin_object()
          .member("text", text)
          .member("value", static_cast<double>(sum) / static_cast<double>(indicator::kMillion));
      out.key("records").begin_array();
      for (const auto& [hash, share] : leaves) {
        out.begin_array().value(hash).value(share).end_array();
      }
      out.end_array().end_object();
    }
    out.end_array();
  }

  void write_side(json::Writer& out, std::string_view key, const expr::Expression& side,
                  const pack::Text& name) {
    out.key(key).begin_object().member("name", name.zh).member("expression", expr::to_text(side));
    out.key("terms");
    const auto terms = indicator::terms_of(side);
    if (!terms) {
      out.null().end_object();
      return;
    }
    out.begin_array();
    for (const indicator::Term& term : *terms) {
      out.begin_object().member("coefficient", term.coefficient);
      if (!term.counter.empty()) out.member("counter", term.counter);
      if (!term.statistic.empty()) {
        out.member("statistic", term.statistic)
            .member("value", reader_.statistic(term.statistic, place_));
      }
      out.end_object();
    }
    out.end_array().end_object();
  }

  void write_indicator(json::Writer& out, const IndicatorView& view) {
    const pack::Indicator& of = *view.indicator;
    const bool computed = of.value && view.value && !view.report;
    out.begin_object().member("key", of.key).member("number", of.number);
    out.member("name", of.name.zh).member("unit", of.unit);
    out.member("definition", of.description.zh)
        .member("kind", computed      ? "computed"
                        : view.report ? "reported"
                                      : "no_data")
        .member("value", view.value);
    out.member("target", view.goal ? std::optional(view.goal->target.value) : std::nullopt);
    out.member("evidence", view.report ? view.report->source : std::string());
    if (of.value) {
      const auto fraction = indicator::fraction_of(*of.value);
      out.member("expression", of.value->source)
          .member("factor", fraction ? fraction->factor : 1.0);
      write_side(out, "numerator", fraction ? fraction->numerator : *of.value, of.numerator);
      if (fraction) write_side(out, "denominator", fraction->denominator, of.denominator);
    }
    out.end_object();
  }

  const Scene& scene_;
  host::Services& services_;
  const pack::PlanHeader& plan_;
  Code place_;
  std::shared_ptr<const Kept> kept_;
  indicator::Period period_;
  Reader reader_;
  std::vector<IndicatorView> views_;
  std::map<std::string, const Counter*> counters_;
  std::map<std::string, Leaves> leaves_;
};

}  // namespace

Result<std::string> evidence_package(const Scene& scene, host::Services& services,
                                     const pack::PlanHeader& plan, Code place) {
  if (place.level() < region::Level::county) {
    return refuse(ErrorKind::invalid, "place.too_wide", place.text());
  }
  return Package(scene, services, plan, place).write();
}

}  // namespace linli::plans
