-- The ready views of a dataset. ``metric_cells`` (metric, ref, factor) is made from the catalogue:
-- the sum of cells that states a metric by the first of its readings.

-- One row for each document and metric: what the tables state, what the narrative states first.
CREATE VIEW panel AS
WITH stated AS (
    SELECT c.document, m.metric, sum(m.factor * c.value)::DECIMAL(38, 9) AS table_value
    FROM cells c JOIN metric_cells m ON c.ref = m.ref
    GROUP BY c.document, m.metric
    HAVING count(c.value) > 0 AND count_if(c.state = 'ambiguous') = 0
), told AS (
    SELECT document, metric,
        arg_min(value, start_char) AS narrative_value,
        arg_min(unit, start_char) AS unit,
        arg_min(approximate, start_char) AS approximate,
        arg_min(text, start_char) AS text,
        min(start_char) AS start_char,
        arg_min(end_char, start_char) AS end_char,
        count(DISTINCT value) AS narrative_values
    FROM figures
    WHERE period = 'this_year' AND scope IS NULL
    GROUP BY document, metric
)
SELECT r.body, r.organization, r.region, r.year, metric,
    coalesce(s.table_value, t.narrative_value) AS value,
    t.unit, s.table_value, t.narrative_value, t.narrative_values, t.approximate,
    t.text, t.start_char, t.end_char, document, r.path, r.url
FROM stated s FULL JOIN told t USING (document, metric) JOIN reports r USING (document);

-- What an auditor would look at: every error and warning, with who, where, when.
CREATE VIEW mismatches AS
SELECT f.rule, f.severity, f.outcome, r.body, r.organization, r.region, r.year,
    f.message, f.message_en, f.expected, f.actual, f.terms, f.document, f.finding, r.path, r.url
FROM findings f JOIN reports r USING (document)
WHERE f.severity IN ('error', 'warning');

-- How often each rule is broken, by region and year.
CREATE VIEW mismatches_by AS
SELECT rule, severity, region, year, count(*) AS findings, count(DISTINCT document) AS reports
FROM mismatches GROUP BY ALL;

-- One report for each body and year: the first, where there are several.
CREATE VIEW report_years AS
SELECT body, year, min(document) AS document, count(*) AS reports
FROM reports WHERE body IS NOT NULL AND year IS NOT NULL GROUP BY body, year;

-- What was carried out of one year against what was carried into the next, column by column.
CREATE VIEW carry_over AS
WITH carried AS (
    SELECT y.body, y.year, y.document, c.row_id, c.column_id, c.value, c.raw, c.start_char, c.end_char
    FROM cells c JOIN report_years y USING (document)
    WHERE c.row_id IN ('requests_carried_out', 'requests_carried_in') AND c.table_id = 'requests'
        AND c.value IS NOT NULL
)
SELECT o.body, o.year AS from_year, i.year AS to_year, o.column_id,
    o.value AS carried_out, i.value AS carried_in, o.value = i.value AS holds,
    o.document AS from_document, o.start_char AS from_start, o.end_char AS from_end,
    i.document AS to_document, i.start_char AS to_start, i.end_char AS to_end
FROM carried o JOIN carried i
    ON o.body = i.body AND i.year = o.year + 1 AND o.column_id = i.column_id
WHERE o.row_id = 'requests_carried_out' AND i.row_id = 'requests_carried_in';

-- The chains that do not hold: one row for each body and pair of years.
CREATE VIEW broken_chains AS
SELECT body, from_year, to_year, count(*) AS columns,
    string_agg(column_id || ': ' || carried_out::BIGINT || ' ≠ ' || carried_in::BIGINT, '; ' ORDER BY column_id) AS told,
    from_document, to_document
FROM carry_over WHERE NOT holds
GROUP BY body, from_year, to_year, from_document, to_document;

-- How widely each metric is stated, in the narrative and in the tables.
CREATE VIEW coverage AS
SELECT metric, count(*) AS reports,
    count(narrative_value) AS in_narrative, count(table_value) AS in_tables,
    count_if(narrative_value = table_value) AS equal,
    round(100.0 * count(*) / (SELECT count(*) FROM reports), 2) AS percent_of_reports
FROM panel GROUP BY metric;

-- What became of the files: the counts add up to all that went in.
CREATE VIEW accounting AS
SELECT outcome, reason, count(*) AS documents FROM inputs GROUP BY ALL;
