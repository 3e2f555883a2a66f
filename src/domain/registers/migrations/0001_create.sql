-- What every register stands on; the table of each register itself is made from its declaration.
CREATE TABLE register_table (
  kind TEXT PRIMARY KEY,
  made_from TEXT NOT NULL,
  made_at BIGINT NOT NULL
);

-- Groups to which a record belongs for a time: from_on counts, to_on does not.
CREATE TABLE register_label (
  village BIGINT NOT NULL,
  record_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  from_on BIGINT NOT NULL,
  to_on BIGINT,
  evidence TEXT NOT NULL,
  confirmed_by TEXT NOT NULL,
  confirmed_by_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (village, record_id, id)
);
CREATE INDEX register_label_label_idx ON register_label (kind, label, village, record_id);

-- Every change of every field: before and after as on the wire, sensitive values masked.
CREATE TABLE register_history (
  village BIGINT NOT NULL,
  record_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  action TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  channel TEXT NOT NULL,
  changes TEXT NOT NULL,
  PRIMARY KEY (village, record_id, id)
);

-- A spreadsheet on its way into a register. `line` is the last line that is done, moved in the
-- transaction that did it: an import that was killed goes on behind it.
CREATE TABLE register_import (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  file TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  place BIGINT NOT NULL,
  options TEXT NOT NULL,
  actor TEXT NOT NULL,
  line BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX register_import_file_uq ON register_import (kind, file_hash);
CREATE INDEX register_import_state_idx ON register_import (state, id);

CREATE TABLE register_import_error (
  import_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  expected TEXT NOT NULL,
  PRIMARY KEY (import_id, line, field)
);
