// What bench_recount wrote, answered by DuckDB: the same counters over the same rows, from Parquet
// and from CSV, and held against Linli's figures.   node bench/duckdb/recount.mjs FOLDER
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { DuckDBInstance } from '@duckdb/node-api'

const folder = process.argv[2]
const statements = readFileSync(join(folder, 'figures.sql'), 'utf8').split(';\n').filter(Boolean)

async function connected() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run('SET integer_division = true')
  return connection
}
const types = JSON.parse(readFileSync(join(folder, 'columns.json'), 'utf8'))
const names = Object.keys(types)
const csv = (name) => `read_csv('${join(folder, name)}.csv', header = true, delim = ',', quote = '"', escape = '"', columns = {${Object.entries(types[name]).map(([column, type]) => `'${column}': '${type}'`).join(', ')}})`
const parquet = (name) => `read_parquet('${join(folder, name)}.parquet')`

async function counted(from) {
  const connection = await connected()
  for (const name of names) await connection.run(`CREATE VIEW "${name}" AS SELECT * FROM ${from(name)}`)
  const start = performance.now()
  for (const statement of statements) await connection.run(statement)
  return { connection, seconds: (performance.now() - start) / 1000 }
}

const writer = await connected()
let rows = 0
for (const name of names) {
  await writer.run(`COPY (SELECT * FROM ${csv(name)}) TO '${join(folder, name)}.parquet' (FORMAT parquet)`)
  rows += Number((await (await writer.runAndReadAll(`SELECT count(*) FROM ${parquet(name)}`)).getRows())[0][0])
}
const linli = JSON.parse(readFileSync(join(folder, 'linli.json'), 'utf8'))
const fromCsv = await counted(csv)
const { connection, seconds } = await counted(parquet)
const wrong = []
const expected = readFileSync(join(folder, 'expected.csv'), 'utf8').trim().split('\n').slice(1)
for (const line of expected) {
  const [table, column, value] = line.split(',')
  const found = (await connection.runAndReadAll(`SELECT CAST(${column} AS DOUBLE) FROM ${table} WHERE place = ${linli.region}`)).getRows()
  const own = found.length ? Number(found[0][0]) : 0
  if (Math.abs(own - Number(value) / 1e6) > 1e-6 * Math.max(1, Math.abs(own))) wrong.push(`${table}.${column}: ${own} instead of ${Number(value) / 1e6}`)
}
const said = { ...linli, rows, duckdb_parquet_s: seconds, duckdb_csv_s: fromCsv.seconds, compared: expected.length, differing: wrong.length }
writeFileSync(join(folder, 'duckdb.json'), JSON.stringify(said) + '\n')
console.log(JSON.stringify(said))
if (wrong.length) console.error(wrong.slice(0, 20).join('\n'))
process.exit(wrong.length ? 1 : 0)
