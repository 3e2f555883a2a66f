-- What every module stands on: the event log with its readers, leases of background jobs, and the
-- marks that make a repeated request harmless.
CREATE TABLE event_log (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT,
  name TEXT NOT NULL,
  place BIGINT NOT NULL,
  subject_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX event_log_position_idx ON event_log (position);
-- New events wait here for their position; the index holds only those.
CREATE INDEX event_log_waiting_idx ON event_log (id) WHERE position IS NULL;

CREATE TABLE event_reader (
  name TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  last_error TEXT NOT NULL
);

CREATE TABLE job_lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until_at BIGINT NOT NULL
);

CREATE TABLE request_mark (
  account_id TEXT NOT NULL,
  key TEXT NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT,
  body TEXT,
  PRIMARY KEY (account_id, key)
);
CREATE INDEX request_mark_at_idx ON request_mark (at);
