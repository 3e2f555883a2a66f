-- A notice opens what it tells of: a case, a plan's task, a request for a value.
ALTER TABLE notice RENAME COLUMN case_id TO subject_id;
