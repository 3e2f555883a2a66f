-- Requests, what happened to them, and the queues of those who handle them. What is open lives in
-- small tables of its own, so that a queue costs the same however long the history is.
CREATE TABLE service_case (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  place BIGINT NOT NULL,
  county BIGINT NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  form TEXT NOT NULL,
  address TEXT NOT NULL,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  channel TEXT NOT NULL,
  reporter TEXT,
  contact TEXT NOT NULL,
  phone_key TEXT,
  anonymous BIGINT NOT NULL,
  urban BIGINT,
  community_types TEXT NOT NULL,
  stage TEXT NOT NULL,
  unit TEXT NOT NULL,
  assignee TEXT NOT NULL,
  assignee_name TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT,
  replied_at BIGINT,
  closed_at BIGINT,
  answered BIGINT NOT NULL,
  resolved BIGINT NOT NULL,
  rating BIGINT NOT NULL,
  breached BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  me_too BIGINT NOT NULL,
  merged_into TEXT NOT NULL,
  events BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX service_case_id_idx ON service_case (id);
CREATE INDEX service_case_number_idx ON service_case (number);
CREATE INDEX service_case_opened_at_idx ON service_case (opened_at, id);
CREATE INDEX service_case_county_opened_at_idx ON service_case (county, opened_at, id);
CREATE INDEX service_case_village_opened_at_idx ON service_case (village, opened_at, id);
CREATE INDEX service_case_reporter_idx ON service_case (reporter, opened_at, id)
  WHERE reporter IS NOT NULL;
CREATE INDEX service_case_phone_key_idx ON service_case (phone_key, opened_at, id)
  WHERE phone_key IS NOT NULL;

-- One row a case that is not in its last stage. `due_at` is never null, so that it orders a page:
-- a clock that stands still sorts last.
CREATE TABLE open_case (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  place BIGINT NOT NULL,
  county BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  stage TEXT NOT NULL,
  unit TEXT NOT NULL,
  assignee TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  wake_at BIGINT,
  cell BIGINT,
  merged_into TEXT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX open_case_due_at_idx ON open_case (due_at, id);
CREATE INDEX open_case_county_due_at_idx ON open_case (county, due_at, id);
CREATE INDEX open_case_village_due_at_idx ON open_case (village, due_at, id);
CREATE INDEX open_case_unit_due_at_idx ON open_case (unit, due_at, id);
CREATE INDEX open_case_assignee_idx ON open_case (assignee, due_at, id) WHERE assignee <> '';
CREATE INDEX open_case_wake_at_idx ON open_case (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX open_case_cell_idx ON open_case (cell, subject) WHERE cell IS NOT NULL;
CREATE INDEX open_case_merged_into_idx ON open_case (merged_into) WHERE merged_into <> '';

-- One row a task that another unit still has to do: its queue beside open_case.
CREATE TABLE open_task (
  village BIGINT NOT NULL,
  case_id TEXT NOT NULL,
  id BIGINT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (village, case_id, id)
);
CREATE INDEX open_task_unit_idx ON open_task (unit, village, case_id);

-- What happened, never changed: the case, its tasks and every figure are folds over it. The first
-- event's facts are what figures see of the report itself.
CREATE TABLE case_event (
  village BIGINT NOT NULL,
  case_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  action TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  actor_unit TEXT NOT NULL,
  stage TEXT NOT NULL,
  unit TEXT NOT NULL,
  assignee TEXT NOT NULL,
  text TEXT NOT NULL,
  visible BIGINT NOT NULL,
  details TEXT NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (village, case_id, sequence)
);

-- Each account says "me too" once a case.
CREATE TABLE case_supporter (
  village BIGINT NOT NULL,
  case_id TEXT NOT NULL,
  account TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (village, case_id, account)
);

-- Numbers for people: a county's counter gives blocks to slots, so that writers do not wait for
-- each other.
CREATE TABLE case_number (
  county BIGINT NOT NULL,
  year BIGINT NOT NULL,
  given BIGINT NOT NULL,
  PRIMARY KEY (county, year)
);
CREATE TABLE case_number_block (
  county BIGINT NOT NULL,
  year BIGINT NOT NULL,
  slot BIGINT NOT NULL,
  given BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (county, year, slot)
);

-- Pictures: the files stand under their content's hash in the data folder. Village 0 and no case
-- until a case takes them; where a picture was taken is kept only when asked.
CREATE TABLE attachment (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  visible BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX attachment_id_idx ON attachment (id);
CREATE INDEX attachment_case_id_idx ON attachment (village, case_id);
CREATE INDEX attachment_loose_idx ON attachment (created_at) WHERE case_id = '';
CREATE INDEX attachment_sha256_idx ON attachment (sha256);
