// One PostgreSQL connection: its statements prepared once and cached by text, values converted by
// their types, errors as ours. One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

struct pg_conn;
struct pg_result;

namespace linli::db {

class Bound;

// The server asks to run the transaction again (40001, 40P01, a plan that a migration outdated).
class SerializationFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The connection is gone; whatever had not been committed has not happened.
class ConnectionLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class PostgresConnection {
 public:
  // Throws std::runtime_error with the server's reason.
  PostgresConnection(const std::string& uri, bool durable);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // Begins a transaction: put off. One without any statement is never sent.
  void begin(const char* sql);
  // Sends what is put off if the transaction has not begun at the server: a connection that was
  // lost while it was idle is found out before the commit.
  void start();
  void commit();
  // Nobody waits for the answer; it is read before whatever is sent next.
  void roll_back();

  // Runs one prepared statement; the rows it touched. Rows are streamed to `row` until it returns
  // false; it may run other statements, before which the rest of this one is read into memory.
  int64_t run(std::string_view sql, const Params& params,
              const std::function<bool(const Row&)>& row);
  // Keeps a statement whose answer nobody needs, to be sent before whatever comes next: all of them
  // are one way to the server and back. What one of them breaks is thrown then.
  void put_off(std::string_view sql, const Params& params);
  // Runs statements without parameters or preparation; the last one's command tag.
  std::string command(const std::string& sql);

 private:
  struct Prepared {
    std::string name;
    std::vector<unsigned> types;  // Oid of each parameter; 0 where only nulls have been seen
  };
  struct PutOff;
  struct Pipeline;
  struct Stream;

  bool begun() const;  // at the server
  void send_put_off();
  void read_put_off();
  // Waits until nothing is on its way to the server or from it, and nothing is put off.
  void settle();
  void read_owed();
  const Prepared& prepare(std::string_view sql, const Params& params);
  void fetch(Stream& stream);
  [[noreturn]] void fail(pg_result* result, std::string_view sql);

  pg_conn* handle_ = nullptr;
  Stream* active_ = nullptr;
  std::map<std::string, Prepared, std::less<>> prepared_;
  int64_t names_ = 0;
  std::vector<PutOff> put_off_;  // sent before the next statement
  bool owed_ = false;            // an answer that nobody has read yet
};

}  // namespace linli::db
