-- What people are to know, each reader's own; the systems that are told of events, and what is on
-- its way to them.
CREATE TABLE notice (
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  detail TEXT NOT NULL,
  case_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX notice_unread_idx ON notice (account_id) WHERE read_at IS NULL;
CREATE INDEX notice_at_idx ON notice (at);

CREATE TABLE web_hook (
  id TEXT PRIMARY KEY,
  place BIGINT NOT NULL,
  url TEXT NOT NULL,
  secret_sealed TEXT NOT NULL,
  events TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  due_at BIGINT NOT NULL
);

CREATE TABLE web_hook_delivery (
  hook_id TEXT NOT NULL REFERENCES web_hook (id),
  position BIGINT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (hook_id, position)
);
