-- What places owe a plan: yearly tasks with their ledger, values that are asked for where they
-- arise, and the files that prove either.

-- A file of evidence; its bytes lie in the data folder under their hash.
CREATE TABLE plan_file (
  id TEXT PRIMARY KEY,
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  owner TEXT NOT NULL,
  at BIGINT NOT NULL
);

-- A line of the yearly list of tasks (年度任务清单).
CREATE TABLE plan_task (
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  plan TEXT NOT NULL,
  year BIGINT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  indicator TEXT NOT NULL,
  due BIGINT NOT NULL,
  handed_by BIGINT NOT NULL,
  state TEXT NOT NULL,
  percent BIGINT NOT NULL,
  version BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (place, id)
);
CREATE UNIQUE INDEX plan_task_id_uq ON plan_task (id);
CREATE INDEX plan_task_due_idx ON plan_task (plan, year, place);

-- Its ledger (工作台账): what was done, how far it is, with which proof. Never changed.
CREATE TABLE plan_task_entry (
  task_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  percent BIGINT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  files TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (task_id, n)
);

-- A value asked of the place that knows it. One place is asked once for a period; `at_level` is
-- the place whose turn it is.
CREATE TABLE value_request (
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  plan TEXT NOT NULL,
  indicator TEXT NOT NULL,
  period TEXT NOT NULL,
  due BIGINT NOT NULL,
  asked_by BIGINT NOT NULL,
  at_level BIGINT NOT NULL,
  state TEXT NOT NULL,
  value DOUBLE PRECISION,
  missing TEXT NOT NULL,
  evidence TEXT NOT NULL,
  files TEXT NOT NULL,
  marks TEXT NOT NULL,
  version BIGINT NOT NULL,
  submitted_at BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (place, id)
);
CREATE UNIQUE INDEX value_request_id_uq ON value_request (id);
CREATE UNIQUE INDEX value_request_once_uq ON value_request (indicator, place, period);
CREATE INDEX value_request_level_idx ON value_request (at_level, state);

CREATE TABLE value_request_step (
  request_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  what TEXT NOT NULL,
  place BIGINT NOT NULL,
  value DOUBLE PRECISION,
  note TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (request_id, n)
);
