-- Questions whose answers take seconds to minutes: what was asked, how far it is, what came out.
-- Whoever computes one holds it until `lease_until` and renews that while it runs, so that another
-- process takes over what a killed one left.
CREATE TABLE computation (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  place BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_by_name TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  seed BIGINT NOT NULL,
  question TEXT NOT NULL,
  state TEXT NOT NULL,
  done DOUBLE PRECISION NOT NULL,
  best TEXT NOT NULL,
  stop_asked BIGINT NOT NULL,
  holder TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  ended_at BIGINT,
  code TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX computation_id_idx ON computation (id);
CREATE INDEX computation_kind_idx ON computation (kind, id);
-- The queue: as long as what has not ended.
CREATE INDEX computation_waiting_idx ON computation (id) WHERE ended_at IS NULL;
