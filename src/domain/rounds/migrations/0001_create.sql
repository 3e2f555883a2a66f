-- Timetables of mobile services in force (SVC-15): what residents read. A withdrawn round keeps its
-- line, its visits go.
CREATE TABLE mobile_round (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  weeks BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  withdrawn_at BIGINT,
  PRIMARY KEY (village, id)
);
CREATE INDEX mobile_round_id_idx ON mobile_round (id);
CREATE INDEX mobile_round_place_idx ON mobile_round (place, id) WHERE withdrawn_at IS NULL;

CREATE TABLE mobile_visit (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  name TEXT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  week BIGINT NOT NULL,
  weekday BIGINT NOT NULL,
  vehicle BIGINT NOT NULL,
  arrive_minute BIGINT NOT NULL,
  leave_minute BIGINT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX mobile_visit_round_idx ON mobile_visit (round_id, week, weekday, vehicle, arrive_minute);
