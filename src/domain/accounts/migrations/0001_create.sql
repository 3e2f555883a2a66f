-- Who signs in, with which rights where; their sessions and keys; the trail of what they did; and
-- the messages that wait for a sender. Tokens, keys and codes are kept as hashes only, phones and
-- message texts sealed.
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT,
  display_name TEXT NOT NULL,
  search TEXT NOT NULL,
  phone_sealed TEXT,
  phone_lookup TEXT,
  password_hash TEXT,
  place BIGINT NOT NULL,
  unit TEXT NOT NULL,
  person_id TEXT NOT NULL,
  language TEXT NOT NULL,
  elder_view BIGINT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_name_uq ON account (name);
CREATE UNIQUE INDEX account_phone_lookup_uq ON account (phone_lookup);
CREATE INDEX account_place_idx ON account (place, id);

CREATE TABLE account_grant (
  account_id TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  place BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, role, place)
);
CREATE INDEX account_grant_place_idx ON account_grant (place, role);

CREATE TABLE account_session (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  acts_for TEXT NOT NULL,
  acts_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX account_session_account_id_idx ON account_session (account_id);
CREATE INDEX account_session_idle_until_idx ON account_session (idle_until);

CREATE TABLE account_key (
  key_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX account_key_account_id_idx ON account_key (account_id);

-- How often something was tried since `since`: sign-ins by name and by peer, codes by phone.
CREATE TABLE attempt (
  subject TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  count BIGINT NOT NULL
);
CREATE INDEX attempt_since_idx ON attempt (since);

CREATE TABLE one_time_code (
  phone_lookup TEXT PRIMARY KEY,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE audit_chain (
  chain BIGINT PRIMARY KEY,
  position BIGINT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE audit_entry (
  chain BIGINT NOT NULL,
  position BIGINT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  acts_for TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  place BIGINT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (chain, position)
);
CREATE UNIQUE INDEX audit_entry_id_uq ON audit_entry (id);
CREATE INDEX audit_entry_actor_id_idx ON audit_entry (actor_id, id);
CREATE INDEX audit_entry_subject_idx ON audit_entry (subject, id);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  phone_sealed TEXT NOT NULL,
  text_sealed TEXT NOT NULL,
  at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  due_at BIGINT,
  sent_at BIGINT
);
CREATE INDEX outbox_due_at_idx ON outbox (due_at) WHERE due_at IS NOT NULL;
