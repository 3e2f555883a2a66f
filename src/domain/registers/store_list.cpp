// Lists: filters, orders, pages and streams.
#include <algorithm>

#include "domain/registers/store.h"
#include "domain/registers/store_text.h"

namespace linli::registers::store {

namespace {

// How a list is ordered, with an alias: the leading expression (empty: by place) and all of it.
struct Order {
  std::string leading;
  std::string type;
  std::string all;
};

Order order_of(const pack::Register& kind, const Page& page, const std::string& alias) {
  Order order;
  if (page.order == "updated_at") {
    order = {alias + ".updated_at", "BIGINT", ""};
  } else if (page.order != "place") {
    const pack::Field& field = *kind.field(page.order);
    order = {sort_expression(field, alias), column_type(field.type), ""};
  }
  const std::string direction = page.descending ? " DESC" : "";
  if (!order.leading.empty()) order.all = order.leading + direction + ", ";
  order.all += alias + ".village" + direction + ", " + alias + ".id" + direction;
  return order;
}

std::string behind_cursor(const Order& order, const Page& page, db::Params& params) {
  const std::string beyond = page.descending ? " < " : " > ";
  size_t next = 0;
  std::string left = "(";
  std::string right = "(";
  std::string range;
  if (!order.leading.empty()) {
    const std::string value =
        "CAST(" + parameter(params, page.after[next++]) + " AS " + order.type + ")";
    left += order.leading + ", ";
    right += value + ", ";
    range = " AND " + order.leading + (page.descending ? " <= " : " >= ") + value;
  }
  left += "t.village, t.id)";
  right += parameter(params, page.after[next]) + ", ";
  right += parameter(params, page.after[next + 1]) + ")";
  return range + " AND " + left + beyond + right;
}

}  // namespace

// The page's keys come from an index alone; only its rows are then read whole.
std::vector<Row> list(db::Tx& tx, const pack::Register& kind, const Filter& filter,
                      const Page& page) {
  db::Params params;
  const std::string table = table_name(kind.key);
  const Order order = order_of(kind, page, "t");
  std::string keys = "SELECT t.village AS v, t.id AS i FROM " + table + " t WHERE " +
                     conditions(kind, filter, params);
  if (!page.after.empty()) keys += behind_cursor(order, page, params);
  keys += " ORDER BY " + order.all + " LIMIT " + parameter(params, page.limit);
  const std::string sql = "SELECT " + column_list(kind, "r") + " FROM (" + keys + ") s JOIN " +
                          table + " r ON r.village = s.v AND r.id = s.i ORDER BY " +
                          order_of(kind, page, "r").all;
  std::vector<Row> rows;
  tx.each(sql, params, [&](const db::Row& row) {
    rows.push_back(read_row(row));
    return true;
  });
  return rows;
}

std::vector<Value> cursor(const pack::Register& kind, const Page& page, const Row& row) {
  std::vector<Value> values;
  if (page.order == "updated_at") {
    values.emplace_back(row.updated_at);
  } else if (page.order != "place") {
    const std::vector<Column> columns = columns_of(kind);
    const auto at = std::find_if(columns.begin(), columns.end(),
                                 [&](const Column& column) { return column.name == page.order; });
    Value value = row.columns[static_cast<size_t>(at - columns.begin())];
    if (is_null(value)) {
      value = at->type == "TEXT"     ? Value("")
              : at->type == "BIGINT" ? Value(int64_t{0})
                                     : Value(0.0);
    }
    values.push_back(std::move(value));
  }
  values.emplace_back(row.village().padded());
  values.emplace_back(row.id);
  return values;
}

void each(db::Tx& tx, const pack::Register& kind, const Filter& filter,
          const std::function<bool(const Row&)>& row) {
  db::Params params;
  const std::string sql = "SELECT " + column_list(kind, "t") + " FROM " + table_name(kind.key) +
                          " t WHERE " + conditions(kind, filter, params) +
                          " ORDER BY t.village, t.id";
  tx.each(sql, params, [&](const db::Row& found) { return row(read_row(found)); });
}

void each_with_labels(db::Tx& tx, const pack::Register& kind, region::Code first, region::Code last,
                      const std::function<void(const Row&, const std::vector<LabelPeriod>&)>& row) {
  std::optional<Row> current;
  std::vector<LabelPeriod> labels;
  tx.each("SELECT " + column_list(kind, "t") + ", l.label, l.from_on, l.to_on FROM " +
              table_name(kind.key) +
              " t LEFT JOIN register_label l ON l.village = t.village AND l.record_id = t.id"
              " WHERE t.village BETWEEN $1 AND $2 AND t.place BETWEEN $3 AND $4"
              " ORDER BY t.village, t.id",
          {first.village().padded(), last.padded(), first.padded(), last.padded()},
          [&](const db::Row& found) {
            if (!current || current->id != found.text(1)) {
              if (current) row(*current, labels);
              current = read_row(found);
              current->columns.resize(current->columns.size() - 3);
              labels.clear();
            }
            const size_t label = found.size() - 3;
            if (!found.null(label)) {
              LabelPeriod period;
              period.label = found.text(label);
              period.from = found.integer(label + 1);
              period.to = found.maybe_integer(label + 2);
              labels.push_back(std::move(period));
            }
            return true;
          });
  if (current) row(*current, labels);
}

int64_t count(db::Tx& tx, const pack::Register& kind, const Filter& filter) {
  db::Params params;
  const std::string sql = "SELECT COUNT(*) FROM " + table_name(kind.key) + " t WHERE " +
                          conditions(kind, filter, params);
  return tx.one(sql, params)->integer(0);
}

}  // namespace linli::registers::store
