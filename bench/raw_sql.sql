-- The tables of an award as raw SQL keeps them: the bank's own keys, checks, indexes and foreign keys, no triggers,
-- and none of the columns that hold hashes or running balances. Read by raw_sql.py, for PostgreSQL; for SQLite it
-- replaces the types.
CREATE TABLE raw_account (
    id bigint PRIMARY KEY,
    owner_kind text NOT NULL,
    owner_id uuid NOT NULL,
    purpose text NOT NULL,
    unit_id bigint NOT NULL REFERENCES unit (id),
    expires_on date NOT NULL,
    floor bigint,
    balance bigint NOT NULL,
    UNIQUE (owner_id, unit_id, purpose, expires_on),
    UNIQUE (id, unit_id),
    CHECK (floor IS NULL OR balance >= floor),
    CHECK (purpose <> 'debt' OR balance <= 0)
);
CREATE INDEX ix_raw_account_expires_on ON raw_account (expires_on, id);

CREATE TABLE raw_transaction (
    seq bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    kind text NOT NULL,
    effective_on date NOT NULL,
    recorded_at bigint NOT NULL,
    actor_id uuid NOT NULL,
    detail text NOT NULL,
    rulebook_code text,
    rulebook_version bigint,
    reverses bigint UNIQUE REFERENCES raw_transaction (seq)
);

CREATE TABLE raw_transfer (
    seq bigint NOT NULL REFERENCES raw_transaction (seq),
    leg bigint NOT NULL,
    debit_account_id bigint NOT NULL REFERENCES raw_account (id),
    credit_account_id bigint NOT NULL REFERENCES raw_account (id),
    unit_id bigint NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    PRIMARY KEY (seq, leg),
    CHECK (debit_account_id <> credit_account_id)
);
CREATE INDEX ix_raw_transfer_debit ON raw_transfer (debit_account_id, seq, leg);
CREATE INDEX ix_raw_transfer_credit ON raw_transfer (credit_account_id, seq, leg);

CREATE TABLE raw_service_record (
    id uuid PRIMARY KEY,
    seq bigint NOT NULL UNIQUE REFERENCES raw_transaction (seq),
    volunteer_id uuid NOT NULL REFERENCES volunteer (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    activity_id uuid NOT NULL REFERENCES activity (id),
    served_on date NOT NULL,
    minutes bigint NOT NULL,
    capture_method text NOT NULL,
    evaluation text,
    recorded_by uuid NOT NULL,
    rule_id text NOT NULL,
    counted_minutes bigint NOT NULL,
    points bigint NOT NULL,
    inputs text NOT NULL
);
CREATE INDEX ix_raw_service_record ON raw_service_record (volunteer_id, activity_id);

-- The accounts as they stand after everybody's first award, known to the raw side by their ids.
INSERT INTO raw_account SELECT id, owner_kind, owner_id, purpose, unit_id, expires_on, floor, balance FROM account;
