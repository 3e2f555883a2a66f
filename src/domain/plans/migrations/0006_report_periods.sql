-- Values are reported by the period of their indicator: a month, a quarter, half a year, a year.
-- Keyed by place first: a place's reports are read together. `since` and `until` are its days.
CREATE TABLE reported_value (
  place BIGINT NOT NULL,
  indicator TEXT NOT NULL,
  period TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  evidence TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (place, indicator, since, until)
);
INSERT INTO reported_value (place, indicator, period, since, until, value, evidence, actor_id,
    actor_name, at)
  SELECT place, indicator, CAST(year AS TEXT), year * 10000 + 101, year * 10000 + 1231, value,
    evidence, actor_id, actor_name, at
  FROM indicator_value;
DROP TABLE indicator_value;
