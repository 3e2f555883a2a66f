-- Labels are read with the records of their village, by key.
CREATE TABLE register_label_kept (
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
) /* clustered */;
INSERT INTO register_label_kept
  SELECT village, record_id, id, kind, label, from_on, to_on, evidence, confirmed_by,
         confirmed_by_name, at
  FROM register_label;
DROP TABLE register_label;
ALTER TABLE register_label_kept RENAME TO register_label;
CREATE INDEX register_label_label_idx ON register_label (kind, label, village, record_id);
