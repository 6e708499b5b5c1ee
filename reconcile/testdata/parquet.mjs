// SYNTHETIC: writes the Parquet twins of the CSV files of synthetic.py with DuckDB
// (npm install @duckdb/node-api; node parquet.mjs), which is a reader and writer of
// Parquet that bench does not have. Types are those of AWS's table dictionary: cost
// and quantities double, times in milliseconds, tags a map of strings.
import { DuckDBInstance } from '@duckdb/node-api';
const db = await (await DuckDBInstance.create(':memory:')).connect();
const double = ['line_item_usage_amount', 'line_item_unblended_cost', 'BilledCost', 'EffectiveCost', 'ListCost', 'ListUnitPrice', 'ContractedCost', 'ContractedUnitPrice', 'PricingQuantity', 'ConsumedQuantity'];
const time = /(_start_date|_end_date|PeriodStart|PeriodEnd)$/;
const map = ['resource_tags', 'Tags'];
for (const name of ['cur-2.0', 'focus-1.0', 'focus-1.2']) {
  const from = `read_csv('synthetic-${name}.csv', all_varchar=true, header=true)`;
  const columns = (await (await db.run(`DESCRIBE SELECT * FROM ${from}`)).getRows()).map(r => r[0]);
  const select = columns.map(c => double.includes(c) ? `CAST("${c}" AS DOUBLE) AS "${c}"`
    : time.test(c) ? `CAST(replace("${c}", 'Z', '') AS TIMESTAMP_MS) AS "${c}"`
    : map.includes(c) ? `CAST(CAST("${c}" AS JSON) AS MAP(VARCHAR, VARCHAR)) AS "${c}"` : `"${c}"`);
  await db.run(`COPY (SELECT ${select.join(', ')} FROM ${from}) TO 'synthetic-${name}.parquet' (FORMAT PARQUET, COMPRESSION SNAPPY, ROW_GROUP_SIZE 2048, KV_METADATA {synthetic: 'SYNTHETIC: nobody was billed any of it'})`);
}
