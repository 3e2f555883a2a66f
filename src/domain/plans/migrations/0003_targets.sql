-- Targets that are handed down the tree. Each change is a revision beside the older ones, so that
-- what a place was asked for on any day can be said; the highest revision counts.
CREATE TABLE plan_target (
  indicator TEXT NOT NULL,
  place BIGINT NOT NULL,
  year BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  -- where the place stood when the target was handed to it: the pace begins there
  start_value DOUBLE PRECISION,
  start_day BIGINT NOT NULL,
  method TEXT NOT NULL,
  handed_by BIGINT NOT NULL,
  reason TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (indicator, place, year, revision)
);
CREATE INDEX plan_target_place_idx ON plan_target (place);
CREATE INDEX plan_target_handed_idx ON plan_target (handed_by, indicator);
