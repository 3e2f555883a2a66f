#include "db/postgres_connection.h"

#include <array>
#include <charconv>
#include <deque>
#include <memory>
#include <utility>

#include <libpq-fe.h>

namespace linli::db {
namespace {

constexpr size_t kStatementsKept = 400;

// pg_type's numbers, fixed by the protocol.
constexpr Oid kUnknown = 0;
constexpr Oid kBool = 16;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kOid = 26;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

template <class Number>
Number number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error("postgres: not a number: " + std::string(text));
  }
  return value;
}

Value decode(Oid type, std::string_view text) {
  switch (type) {
    case kBool:
      return int64_t{text == "t"};
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
      return number<int64_t>(text);
    case kFloat4:
    case kFloat8:
      return number<double>(text);
    case kNumeric:  // what SUM over BIGINT answers
      if (text.find('.') == std::string_view::npos) return number<int64_t>(text);
      return number<double>(text);
    default:
      return std::string(text);
  }
}

Row row_of(PGresult* result, int row) {
  const int columns = PQnfields(result);
  std::vector<Value> values(static_cast<size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    if (PQgetisnull(result, row, column) != 0) continue;
    values[static_cast<size_t>(column)] = decode(
        PQftype(result, column),
        {PQgetvalue(result, row, column), static_cast<size_t>(PQgetlength(result, row, column))});
  }
  return Row(std::move(values));
}

Oid type_of(const Value& value) {
  if (std::holds_alternative<int64_t>(value)) return kInt8;
  if (std::holds_alternative<double>(value)) return kFloat8;
  return std::holds_alternative<std::string>(value) ? kText : kUnknown;
}

bool fits(Oid declared, const Value& value) {
  const Oid type = type_of(value);
  return type == kUnknown || type == declared || (type == kInt8 && declared == kFloat8);
}

const char* constraint_code(std::string_view state) {
  if (state == "23505") return "db.unique";
  if (state == "23503") return "db.foreign_key";
  if (state == "23514") return "db.check";
  if (state == "23502") return "db.not_null";
  return nullptr;
}

}  // namespace

// Parameters in text form, alive as long as the call that sends them.
class PostgresConnection::Bound {
 public:
  explicit Bound(const Params& params) : numbers_(params.size()), values_(params.size()) {
    for (size_t i = 0; i < params.size(); ++i) {
      if (const auto* text = std::get_if<std::string>(&params[i])) {
        if (text->find('\0') != std::string::npos) {
          throw ConstraintViolation("db.check", "a text holds the character NUL");
        }
        values_[i] = text->c_str();
      } else if (const auto* whole = std::get_if<int64_t>(&params[i])) {
        values_[i] = print(i, *whole);
      } else if (const auto* real = std::get_if<double>(&params[i])) {
        values_[i] = print(i, *real);
      }
    }
  }
  int size() const { return static_cast<int>(values_.size()); }
  const char* const* data() const { return values_.data(); }

 private:
  template <class Number>
  const char* print(size_t i, Number value) {
    auto& buffer = numbers_[i];
    *std::to_chars(buffer.data(), buffer.data() + buffer.size() - 1, value).ptr = '\0';
    return buffer.data();
  }
  std::vector<std::array<char, 32>> numbers_;
  std::vector<const char*> values_;
};

// The answer that is being read.
struct PostgresConnection::Stream {
  PostgresConnection& connection;
  std::string_view sql;
  Stream* outer;
  std::deque<Row> rows;
  bool wanted = true;
  bool ended = false;
  bool beginning = false;  // sent behind a BEGIN
  int64_t touched = 0;

  Stream(PostgresConnection& on, std::string_view text)
      : connection(on), sql(text), outer(on.active_) {
    on.active_ = this;
  }
  ~Stream() {
    while (!ended) {
      const Answer rest(PQgetResult(connection.handle_));
      if (rest == nullptr) end();
    }
    connection.active_ = outer;
  }
  void end() {
    ended = true;
    if (!beginning) return;
    while (PQstatus(connection.handle_) == CONNECTION_OK) {
      const Answer answer(PQgetResult(connection.handle_));
      if (PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC) break;
    }
    PQexitPipelineMode(connection.handle_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

PostgresConnection::PostgresConnection(const std::string& uri, bool durable) {
  handle_ = PQconnectdb(uri.c_str());
  if (PQstatus(handle_) != CONNECTION_OK) {
    const std::string reason = PQerrorMessage(handle_);
    PQfinish(handle_);
    throw std::runtime_error("postgres: " + reason);
  }
  PQsetNoticeProcessor(
      handle_, [](void*, const char*) {}, nullptr);
  PQsetClientEncoding(handle_, "UTF8");
  command(std::string("SET statement_timeout = '120s'; SET synchronous_commit = ") +
          (durable ? "on" : "off"));
}

PostgresConnection::~PostgresConnection() {
  PQfinish(handle_);
}

const PostgresConnection::Prepared& PostgresConnection::prepare(std::string_view sql,
                                                                const Params& params) {
  auto found = prepared_.find(sql);
  std::vector<unsigned> types(params.size());
  if (found != prepared_.end()) {
    types = found->second.types;
    bool fit = types.size() == params.size();
    for (size_t i = 0; fit && i < params.size(); ++i) fit = fits(types[i], params[i]);
    if (fit) return found->second;
    execute("DEALLOCATE " + found->second.name);
    prepared_.erase(found);
    types.resize(params.size());
  } else if (prepared_.size() >= kStatementsKept) {
    execute("DEALLOCATE ALL");
    prepared_.clear();
  }
  for (size_t i = 0; i < params.size(); ++i) {
    if (!fits(types[i], params[i])) types[i] = type_of(params[i]);
  }
  Prepared fresh{"s" + std::to_string(++names_), types};
  const Answer answer(PQprepare(handle_, fresh.name.c_str(), std::string(sql).c_str(),
                                static_cast<int>(types.size()), types.data()));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), sql);
  return prepared_.emplace(std::string(sql), std::move(fresh)).first->second;
}

void PostgresConnection::begin(const char* sql) {
  begin_ = sql;
}

void PostgresConnection::commit() {
  if (!begin_.empty()) return begin_.clear();
  const std::string tag = execute("COMMIT");
  if (tag != "COMMIT") throw std::runtime_error("postgres: answered " + tag);
}

void PostgresConnection::roll_back() {
  if (!begin_.empty()) return begin_.clear();
  read_owed();
  if (PQsendQuery(handle_, "ROLLBACK") == 0) throw ConnectionLost(PQerrorMessage(handle_));
  owed_ = true;
}

void PostgresConnection::read_owed() {
  while (std::exchange(owed_, false)) {
    const Answer answer(PQgetResult(handle_));
    if (answer == nullptr) return;
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), "ROLLBACK");
    owed_ = true;
  }
}

void PostgresConnection::send(const Prepared& prepared, const Bound& bound) {
  const bool beginning = !begin_.empty();
  bool sent = !beginning || (PQenterPipelineMode(handle_) == 1 &&
                             PQsendQueryParams(handle_, std::exchange(begin_, "").c_str(), 0,
                                               nullptr, nullptr, nullptr, nullptr, 0) == 1);
  sent = sent && PQsendQueryPrepared(handle_, prepared.name.c_str(), bound.size(), bound.data(),
                                     nullptr, nullptr, 0) == 1;
  if (sent && beginning) sent = PQpipelineSync(handle_) == 1;
  if (!sent) throw ConnectionLost(PQerrorMessage(handle_));
}

int64_t PostgresConnection::run(std::string_view sql, const Params& params,
                                const std::function<bool(const Row&)>& row) {
  read_owed();
  while (active_ != nullptr && !active_->ended) fetch(*active_);
  const Bound bound(params);
  const Prepared& prepared = prepare(sql, params);
  const bool beginning = !begin_.empty();
  send(prepared, bound);
  Stream stream(*this, sql);
  stream.wanted = row != nullptr;
  stream.beginning = beginning;
  if (beginning) {
    const Answer begun(PQgetResult(handle_));
    if (PQresultStatus(begun.get()) != PGRES_COMMAND_OK) fail(begun.get(), "BEGIN");
    const Answer nothing(PQgetResult(handle_));
  }
  if (stream.wanted) PQsetSingleRowMode(handle_);
  for (;;) {
    while (stream.rows.empty() && !stream.ended) fetch(stream);
    if (stream.rows.empty()) return stream.touched;
    const Row next = std::move(stream.rows.front());
    stream.rows.pop_front();
    if (!row(next)) {
      stream.wanted = false;
      stream.rows.clear();
    }
  }
}

void PostgresConnection::fetch(Stream& stream) {
  const Answer answer(PQgetResult(handle_));
  if (answer == nullptr) {
    stream.end();
    return;
  }
  switch (PQresultStatus(answer.get())) {
    case PGRES_SINGLE_TUPLE:
      if (stream.wanted) stream.rows.push_back(row_of(answer.get(), 0));
      return;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK: {
      const std::string_view touched = PQcmdTuples(answer.get());
      stream.touched = touched.empty() ? 0 : number<int64_t>(touched);
      return;
    }
    default:
      fail(answer.get(), stream.sql);
  }
}

std::string PostgresConnection::command(const std::string& sql) {
  if (!begin_.empty()) execute(std::exchange(begin_, ""));
  return execute(sql);
}

std::string PostgresConnection::execute(const std::string& sql) {
  read_owed();
  while (active_ != nullptr && !active_->ended) fetch(*active_);
  const Answer answer(PQexec(handle_, sql.c_str()));
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    fail(answer.get(), sql);
  }
  return PQcmdStatus(answer.get());
}

void PostgresConnection::fail(pg_result* result, std::string_view sql) {
  const auto field = [&](int code) {
    const char* text = PQresultErrorField(result, code);
    return std::string(text == nullptr ? "" : text);
  };
  const std::string state = field(PG_DIAG_SQLSTATE);
  const std::string reason = field(PG_DIAG_MESSAGE_PRIMARY);
  if (const char* code = constraint_code(state)) throw ConstraintViolation(code, reason);
  const bool outdated_plan = state == "0A000" && reason.find("cached plan") != std::string::npos;
  if (outdated_plan) prepared_.erase(std::string(sql));
  if (state == "40001" || state == "40P01" || outdated_plan) throw SerializationFailure(reason);
  if (PQstatus(handle_) == CONNECTION_BAD || state.empty() || state.substr(0, 2) == "08" ||
      state == "57P01" || state == "57P02" || state == "57P03") {
    throw ConnectionLost(reason.empty() ? PQerrorMessage(handle_) : reason);
  }
  throw std::runtime_error("postgres: " + state + " " + reason +
                           " in: " + std::string(sql.substr(0, 300)));
}

}  // namespace linli::db
