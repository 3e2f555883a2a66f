#include "db/postgres_connection.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "db/postgres_values.h"

namespace linli::db {
namespace {

constexpr size_t kStatementsKept = 400;
// Few enough for all their answers to wait in the connection while more are sent.
constexpr size_t kMostPutOff = 64;
constexpr std::string_view kCommit = "COMMIT";

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

const char* constraint_code(std::string_view state) {
  if (state == "23505") return "db.unique";
  if (state == "23503") return "db.foreign_key";
  if (state == "23514") return "db.check";
  if (state == "23502") return "db.not_null";
  return nullptr;
}

}  // namespace

// A statement that waits to be sent; prepared if it has a name. `bound` points into `params`, which
// stay where they are when it is moved.
struct PostgresConnection::PutOff {
  std::string sql;
  std::string name;
  Params params;
  Bound bound;

  PutOff(std::string_view text, std::string prepared, Params values)
      : sql(text), name(std::move(prepared)), params(std::move(values)), bound(params) {}
  PutOff(PutOff&&) = default;
  PutOff& operator=(PutOff&&) = default;
  PutOff(const PutOff&) = delete;
  PutOff& operator=(const PutOff&) = delete;
  ~PutOff() = default;
};

// While it lives, statements are sent without waiting for their answers.
struct PostgresConnection::Pipeline {
  PGconn* handle;
  bool sent = false;

  explicit Pipeline(PGconn* on) : handle(on) { PQenterPipelineMode(handle); }
  ~Pipeline() {
    while (sent && PQstatus(handle) == CONNECTION_OK) {
      const Answer answer(PQgetResult(handle));
      if (PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC) break;
    }
    PQexitPipelineMode(handle);
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  void send() {
    sent = PQpipelineSync(handle) == 1;
    if (!sent) throw ConnectionLost(PQerrorMessage(handle));
  }
};

// The answer that is being read.
struct PostgresConnection::Stream {
  PostgresConnection& connection;
  std::string_view sql;
  Stream* outer;
  std::optional<Pipeline> pipeline;  // where others were sent before it
  std::deque<Row> rows;
  bool wanted;
  bool ended = false;
  int64_t touched = 0;

  Stream(PostgresConnection& on, std::string_view text, bool rows_wanted)
      : connection(on), sql(text), outer(on.active_), wanted(rows_wanted) {
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
    pipeline.reset();
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
    command("DEALLOCATE " + found->second.name);
    prepared_.erase(found);
    types.resize(params.size());
  } else if (prepared_.size() >= kStatementsKept) {
    command("DEALLOCATE ALL");
    prepared_.clear();
  }
  for (size_t i = 0; i < params.size(); ++i) {
    if (!fits(types[i], params[i])) types[i] = type_of(params[i]);
  }
  settle();
  Prepared fresh{"s" + std::to_string(++names_), types};
  const Answer answer(PQprepare(handle_, fresh.name.c_str(), std::string(sql).c_str(),
                                static_cast<int>(types.size()), types.data()));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), sql);
  return prepared_.emplace(std::string(sql), std::move(fresh)).first->second;
}

void PostgresConnection::begin(const char* sql) {
  put_off_.emplace_back(sql, "", Params());
}

bool PostgresConnection::begun() const {
  return put_off_.empty() || !put_off_.front().name.empty();
}

void PostgresConnection::start() {
  if (!begun() && put_off_.size() > 1) settle();
}

void PostgresConnection::commit() {
  if (!begun()) return put_off_.clear();
  put_off_.emplace_back(kCommit, "", Params());
  settle();
}

void PostgresConnection::roll_back() {
  const bool sent = begun();
  put_off_.clear();
  if (!sent) return;
  read_owed();
  if (PQsendQuery(handle_, "ROLLBACK") == 0) throw ConnectionLost(PQerrorMessage(handle_));
  owed_ = true;
}

void PostgresConnection::put_off(std::string_view sql, const Params& params) {
  if (put_off_.size() >= kMostPutOff) settle();
  const std::string name = prepare(sql, params).name;
  put_off_.emplace_back(sql, name, params);
}

void PostgresConnection::send_put_off() {
  for (const PutOff& one : put_off_) {
    const int sent =
        one.name.empty()
            ? PQsendQueryParams(handle_, one.sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0)
            : PQsendQueryPrepared(handle_, one.name.c_str(), one.bound.size(), one.bound.data(),
                                  nullptr, nullptr, 0);
    if (sent != 1) throw ConnectionLost(PQerrorMessage(handle_));
  }
}

void PostgresConnection::read_put_off() {
  for (const PutOff& one : std::exchange(put_off_, {})) {
    const Answer answer(PQgetResult(handle_));
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer.get(), one.sql);
    const std::string_view tag = PQcmdStatus(answer.get());
    if (one.sql == kCommit && tag != kCommit) {
      throw std::runtime_error("postgres: answered " + std::string(tag));
    }
    const Answer nothing(PQgetResult(handle_));
  }
}

void PostgresConnection::settle() {
  read_owed();
  while (active_ != nullptr && !active_->ended) fetch(*active_);
  if (put_off_.empty()) return;
  Pipeline pipeline(handle_);
  send_put_off();
  pipeline.send();
  read_put_off();
}

void PostgresConnection::read_owed() {
  while (std::exchange(owed_, false)) {
    const Answer answer(PQgetResult(handle_));
    if (answer == nullptr) return;
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), "ROLLBACK");
    owed_ = true;
  }
}

int64_t PostgresConnection::run(std::string_view sql, const Params& params,
                                const std::function<bool(const Row&)>& row) {
  read_owed();
  while (active_ != nullptr && !active_->ended) fetch(*active_);
  const Bound bound(params);
  const Prepared& prepared = prepare(sql, params);
  Stream stream(*this, sql, row != nullptr);
  if (!put_off_.empty()) {
    stream.pipeline.emplace(handle_);
    send_put_off();
  }
  if (PQsendQueryPrepared(handle_, prepared.name.c_str(), bound.size(), bound.data(), nullptr,
                          nullptr, 0) != 1) {
    throw ConnectionLost(PQerrorMessage(handle_));
  }
  if (stream.pipeline) {
    stream.pipeline->send();
    read_put_off();
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
      stream.touched = touched.empty() ? 0 : whole_number(touched);
      return;
    }
    default:
      fail(answer.get(), stream.sql);
  }
}

std::string PostgresConnection::command(const std::string& sql) {
  settle();
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
