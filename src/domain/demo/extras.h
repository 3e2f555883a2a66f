// What packs/demo/records.yaml says of records: further fields of those that others make, and
// whole records of registers that need no maker of their own.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/expr/expression.h"
#include "domain/demo/content.h"
#include "domain/demo/frontage.h"
#include "domain/registers/api.h"
#include "engine/pack/types.h"

namespace linli::demo {

using registers::Loaded;

// Where and when records are made.
struct Setting {
  region::Code place;
  std::string village;  // 解放中路社区
  std::string township;
  bool urban = false;
  double scale = 1;
  time::Date today = 0;
  const Frontage* frontage = nullptr;  // of the village
};

class Extras {
 public:
  // Rules about registers that the packs do not declare are left out.
  Extras(const pack::Content& packs, const json::Value& content);

  // Fills in further fields of a record of the register.
  void complete(const pack::Register& kind, Loaded& record, const Setting& setting) const;

  using Take = std::function<void(const pack::Register&, Loaded)>;
  // The records that belong to a record: the days of meals of a canteen.
  void of_record(const pack::Register& kind, const Loaded& record, const Setting& setting,
                 const Take& take) const;
  // The records of a village, township or county.
  void of_place(Random& random, std::string_view level, const Setting& setting,
                const Take& take) const;

 private:
  using Set = std::vector<std::pair<const pack::Field*, const json::Value*>>;
  struct Rule {
    const pack::Register* kind = nullptr;
    std::optional<expr::Expression> when;  // over the record, or over the one it belongs to
    double share = 1;
    Set set;
    std::string label;  // that the record is given, or empty
    // Of whole records.
    const pack::Register* of = nullptr;  // belongs to each record of this
    const pack::Field* refer = nullptr;  // and refers to it here
    std::string level;                   // or lies in each place of this level
    Both<double> number;
    int64_t days = 0;  // one for each of so many days back
    const pack::Field* day = nullptr;
  };
  static Set set_of(const pack::Register& kind, const json::Value& members);
  void fill(Random& random, const Set& set, const pack::Register& kind, Loaded& record,
            const Setting& setting) const;

  std::vector<Rule> more_;
  std::vector<Rule> records_;
};

}  // namespace linli::demo
