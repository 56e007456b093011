-- One award, one call, one transaction: what an expert would prepare for a program that posts one award at a time.
CREATE SEQUENCE raw_seq START 100000000;

CREATE FUNCTION raw_award(
    award_id uuid, on_day date, at_instant bigint, actor uuid, rule_detail text, code text, version bigint,
    volunteer uuid, organisation uuid, activity uuid, given bigint, method text, rated text, rule text,
    counted bigint, earned bigint, recorded text,
    issued_minutes bigint, hours bigint, issued_points bigint, wallet bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    made bigint := nextval('raw_seq');
BEGIN
    UPDATE raw_account SET balance = balance - given WHERE id = issued_minutes;
    UPDATE raw_account SET balance = balance + given WHERE id = hours;
    UPDATE raw_account SET balance = balance - earned WHERE id = issued_points;
    UPDATE raw_account SET balance = balance + earned WHERE id = wallet;
    INSERT INTO raw_transaction
    VALUES (made, award_id, 'award', on_day, at_instant, actor, rule_detail, code, version, NULL);
    INSERT INTO raw_transfer
    VALUES (made, 1, issued_minutes, hours, 2, given), (made, 2, issued_points, wallet, 1, earned);
    INSERT INTO raw_service_record
    VALUES (award_id, made, volunteer, organisation, activity, on_day, given, method, rated, actor, rule, counted,
            earned, recorded);
    RETURN made;
END $$;
